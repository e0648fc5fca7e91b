// SPDX-License-Identifier: MIT

import CRecorder

// The path of every event. A thread without room, for whatever reason, goes through `prepareThread`.

/// Whether calls are recorded now. The control file's byte is a number or its digit.
private var isOn: Bool {
  @inline(__always) get { recorder_control.is_on.pointee & 0x0f != 0 }
}

/// Records that a block was handed out; nothing when there is none.
@inline(__always)
func recordAllocation(
  _ operation: RawOperation, _ block: UnsafeMutableRawPointer?, size: Int, alignment: Int? = nil,
  frame: UInt = recorder_frame()
) {
  guard let block, isOn, let thread = threadWithRoom() else { return }
  guard recorder_samples(thread, block, size) != 0 else { return }
  let stack = stack(of: thread, size: size, frame: frame)
  let stamp = thread.pointee.stamp()
  thread.pointee.encoder.append(
    operation, address: UInt64(UInt(bitPattern: block)), size: UInt64(UInt(bitPattern: size)),
    alignmentShift: alignment.map { alignmentShift(of: $0) }, stack: stack, stamp: stamp)
}

/// Records that a block is about to be freed.
@inline(__always)
func recordFree(_ block: UnsafeMutableRawPointer) {
  guard isOn, let thread = threadWithRoom() else { return }
  guard recorder_unsamples(block) != 0 else { return }
  let stamp = thread.pointee.stamp()
  thread.pointee.encoder.append(.free, address: UInt64(UInt(bitPattern: block)), stamp: stamp)
}

/// Records that a block is about to go into realloc; false when that is not recorded.
@inline(__always)
func recordReallocOut(_ block: UnsafeMutableRawPointer) -> Bool {
  guard isOn, let thread = threadWithRoom() else { return false }
  guard recorder_unsamples(block) != 0 else { return false }
  let stamp = thread.pointee.stamp()
  thread.pointee.encoder.append(.reallocOut, address: UInt64(UInt(bitPattern: block)), stamp: stamp)
  return true
}

/// Records what came out of realloc; `former` is what went in, and `wasRecorded` whether that is in the trace. `frame` is the
/// exported function's, into which this is too long to be inlined.
func recordReallocIn(
  _ block: UnsafeMutableRawPointer?, former: UnsafeMutableRawPointer, size: Int, wasRecorded: Bool, frame: UInt
) {
  guard wasRecorded else {
    recordAllocation(.malloc, block, size: size, frame: frame)
    return
  }
  // Recording may have been switched off in between; what was begun is finished all the same.
  guard let thread = threadWithRoom() else { return }
  guard let block else {
    if recorder_control.sample_byte_count != 0 { SampledBlocks.insert(former) }
    thread.pointee.encoder.append(.reallocFailed, stamp: recorder_stamp())
    return
  }
  if recorder_control.sample_byte_count != 0 { SampledBlocks.insert(block) }
  let stack = stack(of: thread, size: size, frame: frame)
  let stamp = thread.pointee.stamp()
  thread.pointee.encoder.append(
    .reallocIn, address: UInt64(UInt(bitPattern: block)), size: UInt64(UInt(bitPattern: size)), stack: stack,
    stamp: stamp)
}

/// The stack of the call that is being recorded, from the caller of the exported function with this frame outwards; 0 for none.
@inline(__always)
private func stack(of thread: UnsafeMutablePointer<RecordingThread>, size: Int, frame: UInt) -> UInt32 {
  if _fastPath(!thread.pointee.wantsStack(size: size)) { return 0 }
  return recorder_stack(thread, frame)
}

@inline(__always)
private func threadWithRoom() -> UnsafeMutablePointer<RecordingThread>? {
  let thread = recorder_thread_get().assumingMemoryBound(to: RecordingThread.self)
  if _fastPath(thread.pointee.encoder.hasRoom) { return thread }
  return recorder_find_room()?.assumingMemoryBound(to: RecordingThread.self)
}

/// The exponent of the power of two that an allocator makes of an alignment.
@inline(__always)
private func alignmentShift(of alignment: Int) -> UInt8 {
  UInt8(truncatingIfNeeded: 64 &- (UInt(max(alignment, 1)) &- 1).leadingZeroBitCount)
}

/// The stack of a call whose block gets one.
@c(recorder_take_stack)
public func recorderTakeStack(_ thread: UnsafeMutableRawPointer, _ frame: UInt) -> UInt32 {
  thread.assumingMemoryBound(to: RecordingThread.self).pointee.takeStack(frame)
}

/// Whether a block that was handed out is one of the sample; it is remembered then, so that its free is recorded.
@c(recorder_take_sample)
public func recorderTakeSample(
  _ thread: UnsafeMutableRawPointer, _ block: UnsafeMutableRawPointer, _ size: Int
) -> Int32 {
  let thread = thread.assumingMemoryBound(to: RecordingThread.self)
  guard thread.pointee.sampler.takes(size, mean: recorder_control.sample_byte_count) else { return 0 }
  return SampledBlocks.insert(block) ? 1 : 0
}

/// Whether a block that is about to be freed is one of the sample.
@c(recorder_leave_sample)
public func recorderLeaveSample(_ block: UnsafeMutableRawPointer) -> Int32 { SampledBlocks.remove(block) ? 1 : 0 }
