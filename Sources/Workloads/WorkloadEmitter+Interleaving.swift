// SPDX-License-Identifier: MIT

extension WorkloadEmitter {
  /// Steps of one thread before the next has its turn: enough to keep threads apart, few enough that a block crosses
  /// threads at the distance the workload means.
  static let stepsPerTurn = 32

  /// Runs the scripts of threads 0, 1, 2 … in turns to their ends, starting all but the first and ending them together.
  ///
  /// The main thread takes one step before the others start, so that the program begins with it.
  mutating func interleave<Script: ThreadScript>(_ scripts: inout [Script]) throws {
    let isUnfinished = try scripts[0].advance(&self)
    for _ in scripts.indices.dropFirst() { _ = try startThread() }
    try takeTurns(&scripts, isFirstUnfinished: isUnfinished)
    for script in scripts { try endThread(script.thread) }
  }

  /// Runs the scripts of threads that have started, in turns, until none has anything left to do.
  mutating func takeTurns<Script: ThreadScript>(_ scripts: inout [Script], isFirstUnfinished: Bool = true) throws {
    var unfinished = [Bool](repeating: true, count: scripts.count)
    unfinished[0] = isFirstUnfinished
    while unfinished.contains(true) {
      for index in scripts.indices where unfinished[index] {
        for _ in 0..<Self.stepsPerTurn where unfinished[index] {
          unfinished[index] = try scripts[index].advance(&self)
        }
      }
    }
  }
}
