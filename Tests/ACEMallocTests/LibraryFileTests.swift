// SPDX-License-Identifier: MIT

import Testing

/// What the library files state to the dynamic linker.
@Suite struct LibraryFileTests {
  @Test("a library exports what its map says, and needs nothing but the C library", arguments: Library.allCases)
  func names(_ library: Library) {
    let ending = MallocProgram.shell(
      "\"$1/scripts/check-library.sh\" \"$2\" \"$1/Sources/ACEMalloc/exports.map\"", [SourceFile.root, library.path])
    #expect(ending.status == 0)
    #expect(ending.errorLines.count == 1, "\(ending.errors)")
  }

  /// What is beyond the surplus of static thread storage, libraries that are opened later cannot have.
  @Test("a library takes eight bytes of static thread storage", arguments: Library.allCases)
  func threadStorage(_ library: Library) {
    let headers = MallocProgram.shell("readelf -lW \"$1\"", [library.path]).output
    let line = headers.split(separator: "\n").first { $0.contains(" TLS ") } ?? ""
    #expect(line.split(separator: " ").dropFirst(5).first == "0x000008")
  }
}
