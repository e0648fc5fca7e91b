// SPDX-License-Identifier: MIT

import CRecorder

/// Finds room for an event of the calling thread, which has none: its first event, or its segment is full, or this
/// process is not recorded. Nil when the event is not to be written.
@c(recorder_prepare_thread)
public func recorderPrepareThread() -> UnsafeMutableRawPointer? {
  let slot = recorder_thread_get()
  guard Recording.state != .inactive, slot != recorder_thread_muted() else { return nil }
  let formerErrno = recorder_errno_get()
  defer { recorder_errno_set(formerErrno) }
  if Recording.state == .fresh { Recording.startIfFresh() }
  if Recording.state == .full { TraceFile.countLostEvent() }
  guard Recording.state == .active else { return nil }
  let known = slot == recorder_thread_absent() ? nil : slot.assumingMemoryBound(to: RecordingThread.self)
  guard let thread = makeRoom(for: known) else { return nil }
  // Not under the lock: the loader has one of its own, under which others may allocate.
  if known == nil, let stacks = thread.pointee.stacks { stacks.pointee.warmUp() }
  return UnsafeMutableRawPointer(thread)
}

/// Gives a thread, or a new one, a segment to write into; nil when there is none.
private func makeRoom(for known: UnsafeMutablePointer<RecordingThread>?) -> UnsafeMutablePointer<RecordingThread>? {
  recorder_lock()
  defer { recorder_unlock() }
  guard let thread = known ?? ThreadRegistry.start() else {
    TraceFile.countLostEvent()
    return nil
  }
  guard ThreadRegistry.extend(thread) else {
    Recording.state = .full
    TraceFile.countLostEvent()
    return nil
  }
  if thread.pointee.hasEnded { thread.pointee.encoder.limitToOneEvent() }
  return thread
}

/// The destructor of the thread key: asks to be called again until the last round, so that the events of other
/// destructors come before the end of the thread.
func recorderThreadDestructor(_ value: UnsafeMutableRawPointer?) {
  guard let thread = value?.assumingMemoryBound(to: RecordingThread.self) else { return }
  thread.pointee.destructorCallCount += 1
  // PTHREAD_DESTRUCTOR_ITERATIONS rounds are made.
  guard thread.pointee.destructorCallCount >= 4 else {
    ThreadRegistry.keep(thread)
    return
  }
  let formerErrno = recorder_errno_get()
  recorder_lock()
  if thread.pointee.encoder.hasRoom || (Recording.state == .active && ThreadRegistry.extend(thread)) {
    thread.pointee.encoder.append(.threadEnd, stamp: recorder_stamp())
  }
  ThreadRegistry.end(thread)
  recorder_unlock()
  recorder_errno_set(formerErrno)
}
