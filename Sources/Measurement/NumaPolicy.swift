// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// Which NUMA nodes a process's memory comes from (set_mempolicy(2)). It is inherited by threads and across `exec`.
///
/// By system calls of its own: libnuma would be in the memory of every process that is measured.
public struct NumaPolicy: Equatable, Sendable {
  public enum Mode: String, CaseIterable, Sendable {
    /// From these nodes alone.
    case bind
    /// From these nodes in turn, page by page.
    case interleave
    /// From the node of the processor that touches the page first.
    case local

    /// MPOL_ of linux/mempolicy.h.
    var number: Int32 {
      switch self {
      case .bind: 2
      case .interleave: 3
      case .local: 4
      }
    }
  }

  public var mode: Mode
  /// Rising; empty for `local`.
  public var nodes: [Int]

  /// More nodes than any kernel is built for (CONFIG_NODES_SHIFT is at most 10).
  public static let nodeLimit = 1024

  public init(_ mode: Mode, nodes: [Int]) {
    self.mode = mode
    self.nodes = mode == .local ? [] : nodes.sorted()
  }

  /// Makes it the policy of the calling thread, of those that it starts, and of what it turns into by `exec`. 0 or the
  /// error number: EINVAL for nodes that are not there, have no memory or are forbidden; ENOSYS or EPERM without policies.
  public func apply() -> Int32 {
    var bits = [UInt64](repeating: 0, count: Self.nodeLimit / 64)
    for node in nodes where node >= 0 && node < Self.nodeLimit { bits[node / 64] |= 1 << UInt64(node % 64) }
    let result = linux_set_memory_policy(mode.number, mode == .local ? nil : bits, mode == .local ? 0 : bits.count)
    return result == 0 ? 0 : errno
  }

  /// That of the calling thread; nil for the system's own, for one that has no name here, and without policies.
  public static func current() -> NumaPolicy? {
    var bits = [UInt64](repeating: 0, count: nodeLimit / 64)
    var number: Int32 = 0
    guard linux_get_memory_policy(&number, &bits, bits.count) == 0 else { return nil }
    let nodes = (0..<nodeLimit).filter { bits[$0 / 64] >> UInt64($0 % 64) & 1 != 0 }
    // Before Linux 5.14 MPOL_LOCAL was told as MPOL_PREFERRED of no node.
    if number == 1, nodes.isEmpty { return NumaPolicy(.local, nodes: []) }
    return Mode.allCases.first { $0.number == number }.map { NumaPolicy($0, nodes: nodes) }
  }
}
