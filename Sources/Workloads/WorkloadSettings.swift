// SPDX-License-Identifier: MIT

/// Everything that one sequence of events follows from, read by the generators.
struct WorkloadSettings {
  let specification: WorkloadSpecification
  let seed: UInt64
  let threadCount: Int

  /// The value of a parameter that counts something.
  func integer(_ parameter: WorkloadParameter) -> Int {
    guard case .integer(let value) = specification[parameter] else {
      preconditionFailure("\(parameter.name) is not a whole number")
    }
    return value
  }

  /// The value of a parameter that is a share.
  func fraction(_ parameter: WorkloadParameter) -> Double { specification[parameter].number }

  /// A thread's part of a total, so that the parts add up to it.
  func share(of parameter: WorkloadParameter, thread: Int) -> Int {
    let total = integer(parameter)
    return total / threadCount + (thread < total % threadCount ? 1 : 0)
  }

  /// A thread's own sequence of random numbers.
  func random(thread: Int) -> SplitMix64 { SplitMix64(seed: seed, stream: UInt64(thread)) }
}
