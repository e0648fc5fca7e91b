// SPDX-License-Identifier: MIT

import CRecorder

/// Whether this process is recorded, and how: what happens once, rather than at every event.
enum Recording {
  enum State: UInt8 {
    /// Nothing has been decided; the first call will.
    case fresh
    case active
    /// The disk is full: what no longer fits is counted.
    case full
    /// This process is not recorded.
    case inactive
  }

  nonisolated(unsafe) static var state = State.fresh
  private nonisolated(unsafe) static var settings = Settings()
  private nonisolated(unsafe) static var hasSettings = false
  private nonisolated(unsafe) static var process: Int32 = 0
  private nonisolated(unsafe) static var parentProcess: Int32 = 0
  private nonisolated(unsafe) static var parentStamp: UInt64 = 0

  /// Decides whether this process is recorded, unless that has been done. Several threads of a forked child can come
  /// here at once; calls that are made meanwhile by the thread that decides are the recorder's own.
  static func startIfFresh() {
    recorder_lock()
    defer { recorder_unlock() }
    guard state == .fresh else { return }
    let slot = recorder_thread_get()
    recorder_thread_set(recorder_thread_muted())
    start()
    recorder_thread_set(slot)
  }

  /// Decides whether this process is recorded, and opens its file.
  private static func start() {
    process = getpid()
    if !hasSettings { readSettings() }
    guard settings.outputPathByteCount > 0, openFile() else {
      state = .inactive
      return
    }
    TraceHeader.begin(settings, parentProcess: parentProcess, parentStamp: parentStamp)
    ProgramEnvironment.forEach { entry, byteCount in
      if ProgramEnvironment.concernsAllocators(entry) {
        TraceHeader.append(entry, byteCount: byteCount, to: .environment)
      }
    }
    if settings.sampleByteCount != 0, SampledBlocks.prepare() {
      recorder_control.sample_byte_count = settings.sampleByteCount
    }
    if settings.hasControl { mapControlFile() }
    if settings.durationMilliseconds != 0 { recorder_control.deadline = deadline() }
    ThreadRegistry.prepare(isCoarse: settings.isCoarse)
    Stacks.prepare(settings)
    state = .active
  }

  /// Makes a forked child start anew, in a file of its own if it is to have one.
  static func restartInChild() {
    Stacks.abandon(hadSeveralThreads: ThreadRegistry.hasSeveralThreads)
    ThreadRegistry.forgetParent()
    TraceFile.abandon()
    parentProcess = process
    parentStamp = recorder_stamp()
    state = settings.follow == .none ? .inactive : .fresh
  }

  /// What can be done only when the program has been loaded.
  static func openUnwinder() { Stacks.openUnwinder(settings) }

  private static func readSettings() {
    recorder_control.counts_cycles = recorder_has_invariant_counter() != 0 ? 1 : 0
    ProgramEnvironment.forEach { entry, _ in settings.take(entry) }
    hasSettings = true
    // With a fork whose child is not to be recorded, the child must learn that just the same.
    _ = __register_atfork(nil, nil, { recorderForkChild() }, nil)
  }

  /// Opens the output, or, when this process is a descendant of one that did, a file named after it. A file that is
  /// there is never written to: it is the recorded process's, of which this one is then a descendant.
  private static func openFile() -> Bool {
    if parentProcess == 0 {
      if TraceFile.create(at: recorder_output_path_start()) { return true }
      guard settings.follow == .exec, recorder_errno_get() == EEXIST else { return false }
    }
    var path = PathBuilder(recorder_output_path_start(), keeping: settings.outputPathByteCount)
    path.append(".")
    path.append(UInt64(getpid()))
    path.append(".")
    path.append(recorder_stamp())
    return TraceFile.create(at: recorder_output_path_start())
  }

  private static func mapControlFile() {
    let file = recorder_open(recorder_control_path_start(), O_RDONLY | O_CLOEXEC, 0)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0 else { return }
    let memory = mmap(nil, 1, PROT_READ, MAP_SHARED, file, 0)
    guard recorder_map_failed(memory) == 0, let memory else { return }
    recorder_control.is_on = UnsafePointer(memory.assumingMemoryBound(to: UInt8.self))
  }

  /// The stamp at which the time asked for is over.
  private static func deadline() -> UInt64 {
    let nanoseconds = settings.durationMilliseconds.multipliedReportingOverflow(by: 1_000_000)
    guard !nanoseconds.overflow else { return .max }
    // How long a cycle is, to a part in a thousand or better.
    let firstStamp = recorder_stamp()
    let firstNanoseconds = recorder_clock_nanoseconds(CLOCK_MONOTONIC)
    var now = firstNanoseconds
    while now - firstNanoseconds < 1_000_000 { now = recorder_clock_nanoseconds(CLOCK_MONOTONIC) }
    let ticksPerNanosecond = Double(recorder_stamp() - firstStamp) / Double(now - firstNanoseconds)
    let ticks = Double(nanoseconds.partialValue) * ticksPerNanosecond
    return ticks < 0x1p62 ? firstStamp &+ UInt64(ticks) : .max
  }
}

/// Runs in the child of every fork, in its only thread.
private func recorderForkChild() {
  guard Recording.state != .inactive else { return }
  let formerErrno = recorder_errno_get()
  Recording.restartInChild()
  recorder_errno_set(formerErrno)
}

/// Runs when the library is loaded: a program that makes no call has a trace all the same.
@c(recorder_begin)
public func recorderBegin() {
  let formerErrno = recorder_errno_get()
  if Recording.state == .fresh { Recording.startIfFresh() }
  // The two moments that are known so far give a rate to a trace that ends at once.
  if Recording.state == .active {
    Recording.openUnwinder()
    TraceHeader.update()
  }
  recorder_errno_set(formerErrno)
}

/// Runs when the program ends by itself.
@c(recorder_finish)
public func recorderFinish() {
  guard Recording.state == .active || Recording.state == .full else { return }
  recorder_lock()
  ThreadRegistry.flushCounts()
  TraceFile.trim()
  TraceHeader.finish()
  recorder_unlock()
}
