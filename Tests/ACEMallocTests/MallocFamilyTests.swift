// SPDX-License-Identifier: MIT

import Testing

/// The malloc family as a stranger's program meets it through LD_PRELOAD.
@Suite struct MallocFamilyTests {
  @Test("under each build of ACE", arguments: FamilyCase.all, Library.allCases)
  func family(_ program: FamilyCase, _ library: Library) {
    let ending = program.run(under: library)
    #expect(ending.status == 0)
    #expect(!ending.isHung)
    #expect(withoutPermission(ending.output) == "malloc is of \(library.rawValue)\ndone\n")
    #expect(ending.errors == "")
  }

  /// What the programs check is what the C library does, so that ACE is held to no more and no less.
  @Test("under the C library's own malloc", arguments: FamilyCase.all)
  func cLibrary(_ program: FamilyCase) {
    let ending = program.run(under: nil)
    #expect(ending.status == 0)
    #expect(withoutPermission(ending.output) == "malloc is of libc.so.6\ndone\n")
    #expect(ending.errors == "")
  }

  @Test("ten million operations of eight threads, invariants checked", arguments: Library.allCases)
  func stress(_ library: Library) {
    let ending = FamilyCase.stress(operationCount: 10_000_000, seed: 1).run(under: library, timeLimitSeconds: 300)
    #expect(ending.status == 0)
    #expect(ending.output == "malloc is of \(library.rawValue)\ndone\n")
    #expect(ending.errors == "")
  }

  /// A user who may not lock memory has nothing to test of it.
  private func withoutPermission(_ output: String) -> String {
    output.replacing("mlockall is not permitted\n", with: "")
  }
}
