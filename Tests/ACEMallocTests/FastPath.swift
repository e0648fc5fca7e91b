// SPDX-License-Identifier: MIT

import Testing

/// The way through a function on which no conditional jump is taken, up to its first return: in `ace_malloc` and `ace_free`
/// that is the block of the thread's own slab. `push` and `pop`, which keep the frame pointer, count as instructions, not as
/// loads and stores.
struct FastPath {
  let instructions: [MachineInstruction]

  /// Disassembles a function of a library, known by the one name or the other.
  init(_ names: [String], of library: Library) throws {
    let ending = MallocProgram.shell(
      "$(command -v objdump || command -v llvm-objdump) -d --no-show-raw-insn \"$1\"", [library.path])
    try #require(ending.status == 0, "\(ending.errors)")
    var instructions: [MachineInstruction] = []
    var isInside = false
    for line in ending.output.split(separator: "\n") {
      if line.hasSuffix(">:") {
        if isInside { break }
        isInside = names.contains { line.hasSuffix("<\($0)>:") }
      } else if isInside, let instruction = MachineInstruction(line: line) {
        instructions.append(instruction)
        if instruction.isReturn || instruction.isJump { break }
      }
    }
    self.instructions = instructions
  }

  var returns: Bool { instructions.last?.isReturn == true }
  func count(_ isCounted: (MachineInstruction) -> Bool) -> Int { instructions.count(where: isCounted) }
}
