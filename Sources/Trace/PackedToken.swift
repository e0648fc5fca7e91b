// SPDX-License-Identifier: MIT

/// The first byte of every event.
enum PackedToken {
  /// All fields are in the columns for them.
  static let general: UInt8 = 0
  /// A free; the block's reference is the token less this.
  static let firstFree: UInt8 = 1
  /// An allocation; its request is in the column of rare ones.
  static let rareRequest: UInt8 = firstFree + BlockReference.explicit.code + 1
  /// An allocation; the entry in the frame's table of requests is the token less this.
  static let firstRequest: UInt8 = rareRequest + 1
  static let requestLimit = 256 - Int(firstRequest)
}
