// SPDX-License-Identifier: MIT

/// The constants of packed traces; `docs/trace-format.md` says what each is for.
enum PackedFormat {
  /// The first bytes of a trace of either form, followed by version and form, 32 bits each.
  static let magic: [UInt8] = Array("acetrace".utf8)
  static let endMagic: [UInt8] = Array("ecarteca".utf8)
  /// Of a trace without stacks.
  static let version: UInt32 = 1
  /// Of a trace whose allocations can have stacks.
  static let versionWithStacks: UInt32 = 2
  static let form: UInt32 = 2

  static let versionOffset = 8
  static let formOffset = 12
  static let preludeByteCount = 16
  static let frameHeaderByteCount = 12
  static let tailByteCount = 16

  /// Events in a frame at most.
  static let frameCapacity = 1 << 16
  /// Events for each byte of a frame at most: what a reader needs is bounded by the size of the file.
  static let eventsPerByteLimit = 16
  /// Bytes of a decompressed frame at most: more than any event takes, for each, and the lengths of the columns.
  static let contentByteLimit = 64 * frameCapacity + 1024
  /// Bytes of decompressed metadata at most.
  static let metadataByteLimit = 16 << 20
  /// Bytes of decompressed stacks at most: a recorder has room for two million, which take twelve bytes or less.
  static let stacksByteLimit = 64 << 20

  static let sizeLimit: UInt64 = 1 << 47
  static let alignmentShiftLimit: UInt8 = 47

  /// Chosen: 9 makes traces no smaller and writing a third slower, 3 makes them a twentieth larger.
  static let compressionLevel: Int32 = 6
}
