// SPDX-License-Identifier: MIT

import Trace

/// A program or library for 64-bit little-endian machines, as far as its functions' names need it. Files that are cut, or lie about
/// their tables, give less; nothing in them is believed without a look at the file's length.
///
/// Source of the format: System V ABI, "Object Files", and the ELF-64 Object File Format, version 1.5.
struct ELFFile {
  struct Section {
    var nameOffset: UInt32
    var type: UInt32
    var flags: UInt64
    var address: UInt64
    var offset: UInt64
    var byteCount: UInt64
    /// For tables of symbols, the section of their names.
    var link: UInt32

    var isExecutable: Bool { flags & 4 != 0 }
  }

  struct Segment {
    var type: UInt32
    var offset: UInt64
    var address: UInt64
    var fileByteCount: UInt64
  }

  let bytes: TraceBytes
  private(set) var sections: [Section] = []
  private(set) var segments: [Segment] = []
  private var sectionNames: UInt32 = 0

  /// nil when the bytes are no such file.
  init?(_ bytes: TraceBytes) {
    self.bytes = bytes
    // Class 2 is 64 bits, data 1 is little-endian.
    guard bytes.hasBytes([0x7f, 0x45, 0x4c, 0x46, 2, 1], at: 0), bytes.count >= 64 else { return nil }
    readSegments()
    readSections()
  }

  /// A little-endian number at an offset; nil past the end.
  func number<Value: FixedWidthInteger>(_ type: Value.Type, at offset: UInt64) -> Value? {
    guard offset <= UInt64(bytes.count), UInt64(bytes.count) - offset >= UInt64(MemoryLayout<Value>.size) else {
      return nil
    }
    return bytes.integer(type, at: Int(offset))
  }

  /// The range of file offsets of a part of the file, cut at the file's end.
  func range(offset: UInt64, byteCount: UInt64) -> Range<UInt64> {
    let count = UInt64(bytes.count)
    let start = min(offset, count)
    return start..<start + min(byteCount, count - start)
  }

  /// A text that ends with a zero within a range of file offsets; nil when it does not, or is longer than a name can be.
  func text(at offset: UInt64, in range: Range<UInt64>) -> String? {
    guard range.contains(offset) else { return nil }
    let end = min(range.upperBound, offset + Self.longestNameByteCount)
    return bytes.withBytes(Int(offset)..<Int(end)) { buffer in
      guard let terminator = buffer.firstIndex(of: 0) else { return nil }
      return String(decoding: buffer[..<terminator], as: UTF8.self)
    }
  }

  /// Names of templates grow to tens of thousands of bytes.
  private static let longestNameByteCount: UInt64 = 1 << 16

  func name(of section: Section) -> String? {
    guard Int(sectionNames) < sections.count else { return nil }
    let names = sections[Int(sectionNames)]
    return text(
      at: names.offset &+ UInt64(section.nameOffset), in: range(offset: names.offset, byteCount: names.byteCount))
  }

  func section(named name: String) -> Section? { sections.first { self.name(of: $0) == name } }

  /// The address, as the file's symbols have it, of what is mapped from a file offset; nil when nothing is.
  func address(atFileOffset offset: UInt64) -> UInt64? {
    for segment in segments where segment.type == 1 && offset >= segment.offset {
      if offset - segment.offset < segment.fileByteCount { return segment.address &+ (offset - segment.offset) }
    }
    return nil
  }

  private mutating func readSegments() {
    guard let table = number(UInt64.self, at: 32), let entryByteCount = number(UInt16.self, at: 54),
      let count = number(UInt16.self, at: 56), entryByteCount >= 56
    else { return }
    for index in 0..<UInt64(count) {
      let entry = table &+ index * UInt64(entryByteCount)
      guard entry >= table, let type = number(UInt32.self, at: entry),
        let offset = number(UInt64.self, at: entry &+ 8), let address = number(UInt64.self, at: entry &+ 16),
        let fileByteCount = number(UInt64.self, at: entry &+ 32)
      else { return }
      segments.append(Segment(type: type, offset: offset, address: address, fileByteCount: fileByteCount))
    }
  }

  private mutating func readSections() {
    guard let table = number(UInt64.self, at: 40), let entryByteCount = number(UInt16.self, at: 58),
      var count = number(UInt16.self, at: 60).map(UInt64.init), let names = number(UInt16.self, at: 62),
      table > 0, entryByteCount >= 64
    else { return }
    // Where there are more than 16 bits can say, the first section says it.
    if count == 0 { count = number(UInt64.self, at: table &+ 32) ?? 0 }
    sectionNames = names == 0xffff ? number(UInt32.self, at: table &+ 40) ?? 0 : UInt32(names)
    count = min(count, UInt64(bytes.count) / UInt64(entryByteCount))
    for index in 0..<count {
      let entry = table &+ index * UInt64(entryByteCount)
      guard entry >= table, let name = number(UInt32.self, at: entry), let type = number(UInt32.self, at: entry &+ 4),
        let flags = number(UInt64.self, at: entry &+ 8), let address = number(UInt64.self, at: entry &+ 16),
        let offset = number(UInt64.self, at: entry &+ 24), let byteCount = number(UInt64.self, at: entry &+ 32),
        let link = number(UInt32.self, at: entry &+ 40)
      else { return }
      sections.append(
        Section(
          nameOffset: name, type: type, flags: flags, address: address, offset: offset, byteCount: byteCount,
          link: link))
    }
  }
}
