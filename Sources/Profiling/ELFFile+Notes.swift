// SPDX-License-Identifier: MIT

extension ELFFile {
  /// The build id in hexadecimal; nil when the file has none.
  ///
  /// Source: notes are triples of name size, content size and type, then both, each filled up to four bytes; the build id is the
  /// one named `GNU` of type 3.
  var buildIdentifier: String? {
    let parts = sections.filter { $0.type == 7 }.map { range(offset: $0.offset, byteCount: $0.byteCount) }
    let mapped = segments.filter { $0.type == 4 }.map { range(offset: $0.offset, byteCount: $0.fileByteCount) }
    for range in parts + mapped {
      if let identifier = buildIdentifier(in: range) { return identifier }
    }
    return nil
  }

  private func buildIdentifier(in range: Range<UInt64>) -> String? {
    var offset = range.lowerBound
    while offset + 12 <= range.upperBound {
      guard let nameByteCount = number(UInt32.self, at: offset), let byteCount = number(UInt32.self, at: offset + 4),
        let type = number(UInt32.self, at: offset + 8)
      else { return nil }
      let content = offset + 12 + (UInt64(nameByteCount) + 3) & ~3
      let end = content + UInt64(byteCount)
      guard end <= range.upperBound else { return nil }
      if type == 3, nameByteCount == 4, bytes.hasBytes(Array("GNU\0".utf8), at: Int(offset + 12)), byteCount > 0,
        byteCount <= 64
      {
        return bytes.withBytes(Int(content)..<Int(end)) { buffer in
          buffer.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
      }
      offset = (end + 3) & ~3
    }
    return nil
  }

  /// The name of the file that has the symbols taken out of this one; nil when it names none.
  var debugFileName: String? {
    guard let section = section(named: ".gnu_debuglink") else { return nil }
    let range = range(offset: section.offset, byteCount: section.byteCount)
    // A name with a slash would lead out of the folders where such files are.
    return text(at: range.lowerBound, in: range).flatMap { $0.isEmpty || $0.utf8.contains(0x2f) ? nil : $0 }
  }

  /// The checksum of the whole file of that name, which follows the name, filled up to four bytes.
  var debugFileChecksum: UInt32? {
    guard let section = section(named: ".gnu_debuglink"), let name = debugFileName else { return nil }
    return number(UInt32.self, at: section.offset &+ (UInt64(name.utf8.count) + 4) & ~3)
  }

  /// Where functions begin, ascending, from the table for unwinding: files without symbols have it too.
  ///
  /// Source: Linux Standard Base, "Exception Frames", `.eh_frame_hdr`. The one form that linkers write is read: counts of four
  /// bytes, and pairs of four bytes that are relative to the table.
  var functionStarts: [UInt64] {
    guard let header = segments.first(where: { $0.type == 0x6474_e550 }),
      let encodings = number(UInt32.self, at: header.offset), encodings & 0xffff_00ff == 0x3b03_0001,
      encodings >> 8 & 0x0f == 0x0b || encodings >> 8 & 0x0f == 0x03,
      let count = number(UInt32.self, at: header.offset &+ 8)
    else { return [] }
    let table = range(offset: header.offset &+ 12, byteCount: UInt64(count) * 8)
    var starts: [UInt64] = []
    for entry in stride(from: table.lowerBound, to: table.upperBound, by: 8) {
      guard let relative = number(Int32.self, at: entry) else { break }
      starts.append(header.address &+ UInt64(bitPattern: Int64(relative)))
    }
    return starts.sorted()
  }
}
