// SPDX-License-Identifier: MIT

/// Where the definitions of stacks and modules are in a raw trace: in chunks of their own, which a reader of events skips.
enum RawStackLayout {
  /// The first four bytes of a chunk of stack nodes: `astk`.
  static let nodeMagic: UInt32 = 0x6b74_7361
  /// The first four bytes of a chunk of modules: `amod`.
  static let moduleMagic: UInt32 = 0x646f_6d61
  static let magicOffset = 0
  /// How many chunks of the kind there were before.
  static let sequenceOffset = 4
  static let headerByteCount = 32

  /// A node is an address, which is stored last and is 0 where there is no node, and the node of its caller.
  static let nodeByteCount = 16
  static let nodeAddressOffset = 0
  static let nodeParentOffset = 8
  /// The places for nodes that a chunk's header takes. A node's number is its place among those of all chunks.
  static let headerNodeCount = headerByteCount / nodeByteCount

  /// In place of an outermost frame's address: there were more frames than are kept.
  static let truncatedAddress: UInt64 = 1
  /// In place of an outermost frame's address: the stack could not be walked.
  static let failedAddress: UInt64 = 2

  // A module's record.
  /// Bytes to the next record, a multiple of eight; stored last, and 0 after the last record.
  static let moduleByteCountOffset = 0
  /// The number of the first stack node that can belong to it.
  static let moduleFirstNodeOffset = 4
  static let moduleStartOffset = 8
  static let moduleEndOffset = 16
  static let moduleFileOffsetOffset = 24
  static let modulePathByteCountOffset = 32
  static let modulePathOffset = 36
  /// No path is longer in `/proc/self/maps`.
  static let longestPathByteCount = 4096 + 16
}
