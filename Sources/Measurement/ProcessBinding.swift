// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// The processors that a process runs on and the NUMA nodes that its memory comes from.
public struct ProcessBinding: Equatable, Sendable {
  /// Why a binding could not be had.
  public enum Refusal: Error, Equatable, Sendable {
    /// The kernel has none of the processors.
    case processors
    /// set_mempolicy failed.
    case policy(errno: Int32)
  }

  /// Empty for any.
  public var processors: [Int]
  /// Nil for the system's own.
  public var policy: NumaPolicy?

  public init(processors: [Int] = [], policy: NumaPolicy? = nil) {
    self.processors = processors
    self.policy = policy
  }

  /// Binds the calling thread, what it starts, and what it turns into by `exec`.
  public func apply() throws(Refusal) {
    if !processors.isEmpty, !Affinity.bind(to: processors) { throw .processors }
    guard let policy else { return }
    let code = policy.apply()
    if code != 0 { throw .policy(errno: code) }
  }

  /// Binds the calling thread while it starts a program, which stays bound.
  public func whileBound<Result>(_ start: () throws -> Result) throws -> Result {
    guard self != ProcessBinding() else { return try start() }
    var bits = [UInt64](repeating: 0, count: Affinity.processorLimit / 64)
    let hadProcessors = linux_get_affinity(&bits, bits.count) > 0
    let hadPolicy = NumaPolicy.current()
    defer {
      if hadProcessors { _ = linux_set_affinity(bits, bits.count) }
      if policy != nil, hadPolicy?.apply() != 0 { _ = linux_set_memory_policy(0, nil, 0) }
    }
    try apply()
    return try start()
  }
}
