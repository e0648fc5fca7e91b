// SPDX-License-Identifier: MIT

import CZlib
import Trace

/// The functions of one program or library: its own symbols, those of the file that a distribution keeps apart from it, and where
/// functions begin even when they have no names.
struct ModuleSymbols {
  private let file: ELFFile
  private let tables: [SymbolTable]
  private let functionStarts: [UInt64]
  private let name: String
  private let linkageTables: [Range<UInt64>]
  /// Empty when the file has none.
  let buildIdentifier: String

  /// nil when the bytes are no program or library.
  ///
  /// - Parameter path: Where the file is; files with its symbols are looked for by its build id and near it.
  init?(_ bytes: TraceBytes, path: String) {
    guard let file = ELFFile(bytes) else { return nil }
    self.file = file
    name = String(ProfileModule(path: path).name)
    buildIdentifier = file.buildIdentifier ?? ""
    var tables = [SymbolTable(file)]
    // Without `.symtab` there are only the names that other libraries may ask for.
    if !file.sections.contains(where: { $0.type == 2 }),
      let symbols = Self.debugFile(of: file, path: path).map(SymbolTable.init), !symbols.isEmpty
    {
      tables.insert(symbols, at: 0)
    }
    self.tables = tables
    functionStarts = file.functionStarts
    linkageTables = file.sections.compactMap { section in
      guard section.isExecutable, file.name(of: section)?.hasPrefix(".plt") == true else { return nil }
      return section.address..<section.address &+ min(section.byteCount, UInt64.max - section.address)
    }
  }

  /// The function that is mapped from a file offset: its name and its address, as the file has it.
  func function(atFileOffset offset: UInt64) -> (name: String, address: UInt64) {
    guard let address = file.address(atFileOffset: offset) else { return (place(offset), offset) }
    for table in tables {
      if let function = table.function(at: address) { return (Demangler.name(function.name), function.start) }
    }
    // The stubs through which functions of other libraries are called.
    if let table = linkageTables.first(where: { $0.contains(address) }) { return ("\(name) [plt]", table.lowerBound) }
    let start = functionStart(at: address) ?? address
    return (place(start), start)
  }

  private func place(_ address: UInt64) -> String { "\(name)+0x\(String(address, radix: 16))" }

  private func functionStart(at address: UInt64) -> UInt64? {
    var low = 0
    var high = functionStarts.count
    while low < high {
      let middle = (low + high) / 2
      if functionStarts[middle] <= address { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? functionStarts[low - 1] : nil
  }

  /// The file of the same build with the symbols; nil when there is none.
  private static func debugFile(of file: ELFFile, path: String) -> ELFFile? {
    var paths: [String] = []
    if let identifier = file.buildIdentifier, identifier.utf8.count > 2 {
      paths.append("/usr/lib/debug/.build-id/\(identifier.prefix(2))/\(identifier.dropFirst(2)).debug")
    }
    if let name = file.debugFileName {
      let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
      paths += ["\(folder)/.debug/\(name)", "/usr/lib/debug\(folder)/\(name)", "\(folder)/\(name)"]
    }
    for candidate in paths where candidate != path {
      guard let bytes = try? TraceBytes(path: candidate), let found = ELFFile(bytes) else { continue }
      // One of another build would give wrong names.
      if let identifier = file.buildIdentifier ?? found.buildIdentifier {
        if file.buildIdentifier == identifier, found.buildIdentifier == identifier { return found }
      } else if let checksum = file.debugFileChecksum, checksum == Self.checksum(bytes) {
        return found
      }
    }
    return nil
  }

  /// The checksum of all bytes, as gzip has it.
  private static func checksum(_ bytes: TraceBytes) -> UInt32 {
    var checksum: UInt = 0
    // zlib counts bytes in 32 bits.
    let step = 1 << 30
    for start in stride(from: 0, to: bytes.count, by: step) {
      bytes.withBytes(start..<min(start + step, bytes.count)) { part in
        checksum = crc32(checksum, part.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(part.count))
      }
    }
    return UInt32(truncatingIfNeeded: checksum)
  }
}
