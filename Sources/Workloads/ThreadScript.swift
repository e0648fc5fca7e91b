// SPDX-License-Identifier: MIT

/// What one thread of a workload does, a step at a time.
protocol ThreadScript {
  /// The thread that acts at present; a script may go on in a successor.
  var thread: UInt32 { get }

  /// Performs the next step, usually one operation; false when nothing was left to do.
  mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool
}
