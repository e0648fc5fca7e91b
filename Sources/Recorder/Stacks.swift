// SPDX-License-Identifier: MIT

import CRecorder

/// How this process records stacks: what is decided once.
enum Stacks {
  // Chosen: beyond what people read; a thread's memory is made for it.
  static let depthLimit = 128
  // Chosen: how many stacks a thread takes between two looks at which libraries are loaded.
  static let libraryCheckMask: UInt32 = 63

  /// Which allocations have a stack: 0 none, or `RawLayout.sampledStacks` or `allStacks`.
  private(set) nonisolated(unsafe) static var kind: UInt32 = 0
  private(set) nonisolated(unsafe) static var unwinds = false
  /// Unwinding goes without what libunwind keeps of functions it has seen, because a library was unloaded.
  private(set) nonisolated(unsafe) static var steps = false
  /// Innermost frames that are kept.
  private(set) nonisolated(unsafe) static var depth = 64
  /// Bytes between two sampled ones on average.
  private(set) nonisolated(unsafe) static var intervalByteCount: UInt64 = 0
  /// The process may ask the loader what is loaded: not in a child of a process with several threads, one of which may
  /// have had the loader's lock.
  private nonisolated(unsafe) static var mayAskLoader = true
  private nonisolated(unsafe) static var mayUnwind = true
  private nonisolated(unsafe) static var hasUnwinder = false
  /// Libraries ever loaded and unloaded, when that was last looked at.
  private nonisolated(unsafe) static var loadCounts = recorder_load_counts(loaded: 0, unloaded: 0)
  private nonisolated(unsafe) static var hasLoadCounts = false

  /// Makes what stacks need, under the lock; without it none are recorded.
  static func prepare(_ settings: Settings) {
    kind = 0
    unwinds = false
    // A sample of blocks has weights of its own.
    guard settings.stacks != .none, settings.sampleByteCount == 0, ModuleTable.prepare(), StackTrie.prepare() else {
      return
    }
    depth = settings.stackDepth
    intervalByteCount = settings.stackIntervalByteCount
    kind = settings.stacks == .sampled ? RawLayout.sampledStacks : RawLayout.allStacks
    TraceHeader.beginStacks(kind: kind, depth: UInt32(depth), intervalByteCount: intervalByteCount)
    ModuleTable.update()
    if settings.asksForUnwinding {
      if !mayUnwind {
        TraceHeader.addStackFlag(RawLayout.forkedAmongThreadsFlag)
      } else if hasUnwinder {
        // A forked child has what its parent opened.
        startUnwinding()
      }
    }
  }

  /// Opens libunwind. Not while another call is under way: the loader allocates, and takes locks of its own.
  static func openUnwinder(_ settings: Settings) {
    guard kind != 0, settings.asksForUnwinding, mayUnwind, !hasUnwinder else { return }
    let slot = recorder_thread_get()
    recorder_thread_set(recorder_thread_muted())
    hasUnwinder = recorder_open_unwinder(recorder_unwinder_path_start()) != 0
    recorder_thread_set(slot)
    hasLoadCounts = false
    if hasUnwinder {
      startUnwinding()
      ThreadRegistry.warmUpCaller()
    } else {
      TraceHeader.addStackFlag(RawLayout.withoutUnwinderFlag)
    }
  }

  private static func startUnwinding() {
    unwinds = true
    TraceHeader.storeStackMethod(RawLayout.unwindMethod)
  }

  /// Looks whether libraries were loaded or unloaded; not to be called under the lock, for the loader has its own.
  static func checkLibraries() {
    guard mayAskLoader else { return }
    let counts = recorder_count_loads()
    if hasLoadCounts, counts.loaded == loadCounts.loaded, counts.unloaded == loadCounts.unloaded { return }
    recorder_lock()
    let wereUnloaded = hasLoadCounts && counts.unloaded != loadCounts.unloaded
    loadCounts = counts
    hasLoadCounts = true
    ModuleTable.update()
    if wereUnloaded {
      // The same address may be another function's from now on.
      StackTrie.forgetNumbers()
      if unwinds, kind == RawLayout.sampledStacks, recorder_can_step() != 0 {
        steps = true
      } else if unwinds {
        unwinds = false
        mayUnwind = false
        TraceHeader.addStackFlag(RawLayout.unloadedLibraryFlag)
      }
    }
    recorder_unlock()
  }

  /// Leaves, in a forked child, what belongs to the parent.
  static func abandon(hadSeveralThreads: Bool) {
    if hadSeveralThreads {
      mayAskLoader = false
      mayUnwind = false
    }
    kind = 0
    unwinds = false
    StackTrie.abandon()
    ModuleTable.abandon()
  }
}
