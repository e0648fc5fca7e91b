// SPDX-License-Identifier: MIT

import Allocators
import Glibc
import TestSupport
import Testing

@Suite("Allocators are found by what people call them")
struct AllocatorCatalogTests {
  @Test("the two that need no library")
  func withoutLibrary() throws {
    #expect(try AllocatorCatalog.allocator(describedBy: "system") == Allocator(name: "system", source: .process))
    #expect(try AllocatorCatalog.allocator(describedBy: "null") == Allocator(name: "null", source: .floor))
  }

  @Test("a name with a path, and with a prefix behind it")
  func described() throws {
    let folder = TemporaryFolder()
    let path = folder.write("liballocator.so", [1])
    func described(_ text: String) throws -> Allocator { try AllocatorCatalog.allocator(describedBy: text) }
    #expect(try described("mine=\(path)") == Allocator(name: "mine", source: .library(path: path, prefix: "")))
    #expect(try described("mine=\(path):je_") == Allocator(name: "mine", source: .library(path: path, prefix: "je_")))
    #expect(try described("ace=\(path)").libraryPath == path)
    #expect(try described("ace=\(path)").isACE)
    #expect(try described("ace-tags=\(path)").isACE)
    #expect(try !described("face=\(path)").isACE)
  }

  @Test("symbolic links are followed, so that results name the file itself")
  func links() throws {
    let folder = TemporaryFolder()
    let path = folder.write("liballocator.so.1", [1])
    #expect(symlink(path, folder.file("liballocator.so")) == 0)
    let link = folder.file("liballocator.so")
    #expect(try AllocatorCatalog.allocator(describedBy: "mine=\(link)").libraryPath == path)
  }

  @Test(
    "what is no description is refused", arguments: ["=", "mine=", "=/lib.so", "mine=:je_", "system=/x", "null=/x"])
  func malformed(text: String) {
    #expect(throws: AllocatorError.malformed(description: text)) { try AllocatorCatalog.allocator(describedBy: text) }
  }

  @Test("an unknown name is told with the known ones")
  func unknown() {
    let known = ["system", "null", "ace", "ace-table", "ace-header", "mimalloc", "jemalloc", "tcmalloc"]
    #expect(throws: AllocatorError.unknown(name: "hoard", known: known)) {
      try AllocatorCatalog.allocator(describedBy: "hoard")
    }
  }

  @Test("a path without a file is told")
  func missingFile() {
    #expect(throws: AllocatorError.notFound(name: "mine", places: ["/nowhere/lib.so"])) {
      try AllocatorCatalog.allocator(describedBy: "mine=/nowhere/lib.so:je_")
    }
  }

  @Test(
    "a known library is found, or the places looked in are told",
    arguments: ["ace", "ace-table", "ace-header", "mimalloc", "jemalloc", "tcmalloc"])
  func known(name: String) throws {
    do {
      let path = try #require(try AllocatorCatalog.allocator(describedBy: name).libraryPath)
      #expect(access(path, R_OK) == 0)
    } catch AllocatorError.notFound(let missing, let places) {
      #expect(missing == name)
      #expect(!places.isEmpty && places.allSatisfy { access($0, F_OK) != 0 })
      #expect(places.contains { $0.hasPrefix("/usr/lib/") } || places.allSatisfy { $0.contains("=") })
    }
  }

  @Test("a variable names the file of each build of ACE", arguments: ["ace", "ace-table", "ace-header"])
  func variables(name: String) throws {
    let known = try #require(AllocatorCatalog.all.first { $0.name == name })
    guard case .library(let files, let variable) = known.origin else {
      Issue.record("\(name) is a library")
      return
    }
    #expect(files == ["lib\(name).so"])
    #expect(variable == name.uppercased().replacing("-", with: "_") + "_LIB")
    #expect(known.isVariant == (name != "ace"))
  }
}
