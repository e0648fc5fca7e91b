// SPDX-License-Identifier: MIT

/// What a process held on one NUMA node, above what it held there before the allocator was loaded.
public struct NodeMemory: Equatable, Sendable {
  public var node: Int
  /// Resident at the operation where requested bytes are live at their highest; nil when it was not read then.
  public var livePeakByteCount: UInt64?
  /// Resident when every block has been freed.
  public var endByteCount: UInt64?

  public init(node: Int, livePeakByteCount: UInt64?, endByteCount: UInt64?) {
    self.node = node
    self.livePeakByteCount = livePeakByteCount
    self.endByteCount = endByteCount
  }

  static let columns = ["node", "rss_at_live_peak_bytes", "rss_end_bytes"]

  var fields: [String] {
    [String(node)] + [livePeakByteCount, endByteCount].map { count in count.map { String($0) } ?? "" }
  }
}
