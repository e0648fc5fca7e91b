// SPDX-License-Identifier: MIT

import Testing

/// The machine code of the paths that nearly every call takes. ACE is compiled with -O in every configuration, so that this is
/// the code that users have.
@Suite(.enabled(if: MachineInstruction.isThisMachines, "the limits are those of x86-64"))
struct HotPathTests {
  @Test("malloc pops a block within its limits", arguments: Library.allCases)
  func malloc(_ library: Library) throws {
    hold(try FastPath(["ace_malloc", "malloc"], of: library), HotPathLimits.malloc(library))
  }

  @Test("free pushes a block within its limits", arguments: Library.allCases)
  func free(_ library: Library) throws {
    hold(try FastPath(["ace_free", "free"], of: library), HotPathLimits.free(library))
  }

  private func hold(_ path: FastPath, _ limits: HotPathLimits) {
    #expect(path.returns)
    #expect(path.count(\.isCall) == 0)
    #expect(path.count(\.isLocked) == 0)
    #expect(path.count(\.readsModifiesWrites) == 0)
    #expect(path.instructions.count <= limits.instructions)
    #expect(path.count(\.loads) <= limits.loads)
    #expect(path.count(\.stores) <= limits.stores)
    // A list is read and written: a path that does neither was not understood.
    #expect(path.count(\.loads) >= 3)
    #expect(path.count(\.stores) >= 1)
  }

  @Test(
    "instructions are told apart, as either disassembler writes them",
    arguments: [
      ("    6cd0:\tmov    %fs:(%rax),%rcx", "load"),
      ("    6cdd:\tmov    (%rdx,%rcx,1),%rax", "load"),
      ("    6d3f:\tcmp    %rsi,0x8(%rdx,%rcx,1)", "load"),
      ("    9099:      \tmovq\t57096(%rip), %rcx       # 0x16fa8 <write+0x16fa8>", "load"),
      ("    6ce9:\tmov    %rsi,(%rcx,%rdx,1)", "store"),
      ("    6d75:\tdecw   0x12(%rax)", "load store change"),
      ("    9000:      \taddq\t%rax, (%rdi)", "load store change"),
      ("    6cd4:\tlea    0xf(%rdi),%edx", ""),
      ("    6cc7:\tja     6cee <ace_malloc+0x2e>", ""),
      ("    6cf2:\tcall   d770 <slowly>", "call"),
      ("    90c2:      \tretq", "return"),
      ("    1000:\tlock cmpxchg %rdx,(%rdi)", "load store change lock"),
    ])
  func instruction(_ line: String, _ kinds: String) throws {
    let instruction = try #require(MachineInstruction(line: line[...]))
    #expect(instruction.loads == kinds.contains("load"))
    #expect(instruction.stores == kinds.contains("store"))
    #expect(instruction.readsModifiesWrites == kinds.contains("change"))
    #expect(instruction.isCall == kinds.contains("call"))
    #expect(instruction.isReturn == kinds.contains("return"))
    #expect(instruction.isLocked == kinds.contains("lock"))
  }
}
