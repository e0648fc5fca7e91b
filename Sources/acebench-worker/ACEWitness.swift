// SPDX-License-Identifier: MIT

import Allocators

/// Sees to it that ACE did the work of a run that is to be its own, by the counters that ACE keeps.
struct ACEWitness {
  private let ace: ACEInterface
  private let library: String
  /// nil when all that the process ever asked for counts as the run's.
  private let before: ACEStatistics?

  /// Reads the counters before the run; nil for an allocator that is not ACE.
  ///
  /// A preloaded library has served the process from its start. It may then have all the blocks that a small run needs at
  /// hand, and count none anew: there its counters as a whole are the witness.
  init?(_ allocator: LoadedAllocator, isPreloaded: Bool) throws(WorkerFailure) {
    guard let ace = allocator.ace else { return nil }
    self.ace = ace
    library = allocator.servedBy
    before = isPreloaded ? nil : try Self.read(ace, of: library)
  }

  /// Reads the counters after the run, and refuses a run of which they know nothing.
  func statistics(afterOperationCount operationCount: UInt64) throws(WorkerFailure) -> ACEStatistics {
    let after = try Self.read(ace, of: library)
    guard operationCount == 0 || after.showsWork(since: before) else {
      throw .allocator(
        .notServed(expected: library, found: "another allocator: no counter of ACE's work moved"))
    }
    return after
  }

  /// The counters of its size classes.
  func classStatistics() -> [ACEClassStatistics] { ace.classStatistics() }

  private static func read(_ ace: ACEInterface, of library: String) throws(WorkerFailure) -> ACEStatistics {
    guard let statistics = ace.statistics() else { throw .allocator(.noStatistics(path: library)) }
    return statistics
  }
}
