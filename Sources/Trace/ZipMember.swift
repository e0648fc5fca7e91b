// SPDX-License-Identifier: MIT

/// The first file in a zip, as the zip's directory describes it.
///
/// Source of the format: PKWARE, APPNOTE.TXT, sections 4.3.6 to 4.3.16. Read are members that are stored or deflated;
/// zips of several disks or of more than 4 GiB, and encrypted ones, are refused.
struct ZipMember {
  static let localMagic: [UInt8] = Array("PK\u{3}\u{4}".utf8)
  static let endMagic: [UInt8] = Array("PK\u{5}\u{6}".utf8)
  private static let directoryMagic: [UInt8] = Array("PK\u{1}\u{2}".utf8)

  /// Where in the file its data is.
  let data: Range<Int>
  let isDeflated: Bool
  /// Bytes of its content, and their CRC-32.
  let contentByteCount: UInt64
  let checksum: UInt32

  private static let endByteCount = 22
  private static let directoryByteCount = 46
  private static let localByteCount = 30
  /// The end record is followed by a comment of at most 65,535 bytes.
  private static let commentByteLimit = 65_535

  init(_ bytes: TraceBytes) throws(TraceError) {
    let end = try Self.findEnd(bytes)
    guard bytes.integer(UInt16.self, at: end + 4) == 0, bytes.integer(UInt16.self, at: end + 6) == 0 else {
      throw Self.refusal(bytes, "a part of a zip of several disks")
    }
    let entryCount = bytes.integer(UInt16.self, at: end + 10)
    var entry = Int(bytes.integer(UInt32.self, at: end + 16))
    guard entryCount != .max, entry != Int(UInt32.max) else { throw Self.refusal(bytes, "a zip in the 64-bit form") }
    for _ in 0..<entryCount {
      guard entry + Self.directoryByteCount <= end, bytes.hasBytes(Self.directoryMagic, at: entry) else {
        throw Self.fault(bytes, entry, "the zip's directory has no entry here")
      }
      let nameByteCount = Int(bytes.integer(UInt16.self, at: entry + 28))
      let next =
        entry + Self.directoryByteCount + nameByteCount + Int(bytes.integer(UInt16.self, at: entry + 30))
        + Int(bytes.integer(UInt16.self, at: entry + 32))
      guard next <= end else { throw Self.fault(bytes, entry, "an entry of the zip's directory ends early") }
      let isFolder =
        nameByteCount > 0 && bytes[entry + Self.directoryByteCount + nameByteCount - 1] == UInt8(ascii: "/")
      if !isFolder {
        try self.init(bytes, entry: entry, end: end)
        return
      }
      entry = next
    }
    throw Self.refusal(bytes, "a zip without a file in it")
  }

  private init(_ bytes: TraceBytes, entry: Int, end: Int) throws(TraceError) {
    guard bytes.integer(UInt16.self, at: entry + 8) & 1 == 0 else { throw Self.refusal(bytes, "an encrypted zip") }
    switch bytes.integer(UInt16.self, at: entry + 10) {
    case 0: isDeflated = false
    case 8: isDeflated = true
    case let method: throw Self.refusal(bytes, "a zip whose first file is compressed by method \(method)")
    }
    checksum = bytes.integer(UInt32.self, at: entry + 16)
    let compressedByteCount = bytes.integer(UInt32.self, at: entry + 20)
    contentByteCount = UInt64(bytes.integer(UInt32.self, at: entry + 24))
    let local = bytes.integer(UInt32.self, at: entry + 42)
    guard compressedByteCount != .max, contentByteCount != UInt64(UInt32.max), local != .max else {
      throw Self.refusal(bytes, "a zip in the 64-bit form")
    }
    let header = Int(local)
    guard header + Self.localByteCount <= end, bytes.hasBytes(Self.localMagic, at: header) else {
      throw Self.fault(bytes, entry, "the zip's directory points to byte \(header), where no file is")
    }
    let begin =
      header + Self.localByteCount + Int(bytes.integer(UInt16.self, at: header + 26))
      + Int(bytes.integer(UInt16.self, at: header + 28))
    guard begin <= end, Int(compressedByteCount) <= end - begin else {
      throw Self.fault(bytes, entry, "a file of \(compressedByteCount) bytes ends after the zip")
    }
    data = begin..<begin + Int(compressedByteCount)
    guard isDeflated || UInt64(compressedByteCount) == contentByteCount else {
      throw Self.fault(bytes, entry, "a stored file has two sizes")
    }
  }

  /// The offset of the end record: the last one whose comment ends with the file.
  private static func findEnd(_ bytes: TraceBytes) throws(TraceError) -> Int {
    let last = bytes.count - endByteCount
    guard last >= 0 else { throw fault(bytes, bytes.count, "the zip ends early") }
    for offset in stride(from: last, through: max(0, last - commentByteLimit), by: -1)
    where bytes.hasBytes(endMagic, at: offset)
      && offset + endByteCount + Int(bytes.integer(UInt16.self, at: offset + 20)) == bytes.count
    {
      return offset
    }
    throw fault(bytes, bytes.count, "the zip ends early: it has no directory")
  }

  private static func fault(_ bytes: TraceBytes, _ offset: Int, _ what: String) -> TraceError {
    .malformed(path: bytes.path, byteOffset: UInt64(offset), what: what)
  }

  private static func refusal(_ bytes: TraceBytes, _ what: String) -> TraceError {
    .unsuitable(path: bytes.path, what: what, remedy: "unpack it, and give the file in it")
  }
}
