// SPDX-License-Identifier: MIT

/// An x86-64 instruction as objdump and llvm-objdump write it: the destination is the last operand.
struct MachineInstruction {
  /// The first word: `lock` and other prefixes are words of their own.
  let mnemonic: Substring
  let operands: [Substring]

  /// A line of a disassembly without raw bytes, `address:` a tab and the instruction; nil when it is none.
  init?(line: Substring) {
    let parts = line.prefix { $0 != "#" }.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let text = parts.last, text.contains("\t") else { return nil }
    let words = text.split(maxSplits: 1) { $0 == " " || $0 == "\t" }
    guard let mnemonic = words.first else { return nil }
    self.mnemonic = mnemonic
    operands = words.count > 1 ? Self.operands(words[1]) : []
  }

  /// Splits at the commas that are not within an address.
  private static func operands(_ text: Substring) -> [Substring] {
    var depth = 0
    return text.split { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return character == "," && depth == 0
    }
  }

  /// Whether programs here are made of such instructions.
  static var isThisMachines: Bool {
    #if arch(x86_64)
      true
    #else
      false
    #endif
  }

  var isReturn: Bool { mnemonic.hasPrefix("ret") }
  var isCall: Bool { mnemonic.hasPrefix("call") }
  /// Leaves the path for good; a conditional jump that is not taken does not.
  var isJump: Bool { mnemonic.hasPrefix("jmp") }
  /// Has the processor lock the memory that it changes.
  var isLocked: Bool { mnemonic.hasPrefix("lock") || mnemonic.hasPrefix("xchg") }

  private var isAddressOnly: Bool { mnemonic.hasPrefix("lea") || mnemonic.hasPrefix("nop") }
  private var onlyCompares: Bool { mnemonic.hasPrefix("cmp") || mnemonic.hasPrefix("test") }
  private var onlyMoves: Bool { mnemonic.hasPrefix("mov") }
  private static func isMemory(_ operand: Substring) -> Bool { operand.contains("(") || operand.contains("%fs:") }

  var stores: Bool {
    guard !isAddressOnly, !onlyCompares, let last = operands.last else { return false }
    return Self.isMemory(last)
  }
  var loads: Bool { !isAddressOnly && operands.contains(where: Self.isMemory) && !(stores && onlyMoves) }
  var readsModifiesWrites: Bool { stores && !onlyMoves }
}
