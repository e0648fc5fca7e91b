// SPDX-License-Identifier: MIT

/// The functions of one file, to be found by address.
struct SymbolTable {
  private struct Symbol {
    var start: UInt64
    /// 0 when the file does not say it.
    var byteCount: UInt64
    /// Where in the file the name begins, and where the names end.
    var name: UInt64
    var namesEnd: UInt64
    /// Of symbols at one address, the one with the lowest is taken.
    var rank: UInt8
  }

  private static let longestLookBack = 64

  private let file: ELFFile
  private var symbols: [Symbol] = []

  var isEmpty: Bool { symbols.isEmpty }

  /// Takes `.symtab`, and `.dynsym`, which is what a stripped file has left.
  init(_ file: ELFFile) {
    self.file = file
    for section in file.sections where section.type == 2 || section.type == 11 { read(section) }
    symbols.sort { ($0.start, $0.rank, $0.name) < ($1.start, $1.rank, $1.name) }
  }

  /// The name and the start of the function at an address; nil when there is none.
  func function(at address: UInt64) -> (name: String, start: UInt64)? {
    var low = 0
    var high = symbols.count
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].start <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    // Symbols may lie within others, so the nearest one before the address need not be the one around it.
    let nearest = symbols[low - 1].start
    var sized: Symbol?
    var unsized: Symbol?
    for symbol in symbols[max(0, low - Self.longestLookBack)..<low].reversed() {
      // Of those that begin at one address the best is met last.
      if address - symbol.start < symbol.byteCount, sized.map({ $0.start == symbol.start }) ?? true { sized = symbol }
      if symbol.byteCount == 0, symbol.start == nearest { unsized = symbol }
    }
    guard let best = sized ?? unsized, let name = file.text(at: best.name, in: best.name..<best.namesEnd), !name.isEmpty
    else {
      return nil
    }
    return (name, best.start)
  }

  private mutating func read(_ section: ELFFile.Section) {
    guard Int(section.link) < file.sections.count else { return }
    let strings = file.sections[Int(section.link)]
    let names = file.range(offset: strings.offset, byteCount: strings.byteCount)
    let table = file.range(offset: section.offset, byteCount: section.byteCount)
    symbols.reserveCapacity(symbols.count + table.count / 24)
    for entry in stride(from: table.lowerBound, to: table.upperBound, by: 24) {
      guard let nameOffset = file.number(UInt32.self, at: entry), let info = file.number(UInt8.self, at: entry + 4),
        let sectionIndex = file.number(UInt16.self, at: entry + 6), let start = file.number(UInt64.self, at: entry + 8),
        let byteCount = file.number(UInt64.self, at: entry + 16)
      else { return }
      let name = names.lowerBound + UInt64(nameOffset)
      guard sectionIndex != 0, names.contains(name), isFunction(type: info & 15, sectionIndex: sectionIndex) else {
        continue
      }
      symbols.append(
        Symbol(
          start: start, byteCount: byteCount, name: name, namesEnd: names.upperBound,
          rank: rank(binding: info >> 4, name: name, byteCount: byteCount)))
    }
  }

  /// Functions, resolvers of functions, and labels of assembly where code is.
  private func isFunction(type: UInt8, sectionIndex: UInt16) -> Bool {
    if type == 2 || type == 10 { return true }
    return type == 0 && Int(sectionIndex) < file.sections.count && file.sections[Int(sectionIndex)].isExecutable
  }

  /// One function has several names; the one that people know is global, says its size, and begins with few underscores.
  private func rank(binding: UInt8, name: UInt64, byteCount: UInt64) -> UInt8 {
    var rank: UInt8 = byteCount == 0 ? 64 : 0
    if binding != 1 { rank += binding == 2 ? 16 : 32 }
    for index in UInt64(0)..<8 {
      guard file.number(UInt8.self, at: name + index) == UInt8(ascii: "_") else { break }
      rank += 1
    }
    return rank
  }
}
