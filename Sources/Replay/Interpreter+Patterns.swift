// SPDX-License-Identifier: MIT

extension Interpreter {
  /// Performs the calls of the pattern that comes next: one jump for all of them, to straight code.
  ///
  /// The steps are transparent because nothing less makes the compiler copy them into every case.
  @_transparent
  mutating func performPattern() {
    let pattern = next[0]
    next += 1
    switch unsafeBitCast(UInt8(truncatingIfNeeded: pattern), to: CallPattern.self) {
    case .m: malloc()
    case .f: free()
    case .mm: malloc(); malloc()
    case .mf: malloc(); free()
    case .fm: free(); malloc()
    case .ff: free(); free()
    case .mmm: malloc(); malloc(); malloc()
    case .mmf: malloc(); malloc(); free()
    case .mfm: malloc(); free(); malloc()
    case .mff: malloc(); free(); free()
    case .fmm: free(); malloc(); malloc()
    case .fmf: free(); malloc(); free()
    case .ffm: free(); free(); malloc()
    case .fff: free(); free(); free()
    case .mmmm: malloc(); malloc(); malloc(); malloc()
    case .mmmf: malloc(); malloc(); malloc(); free()
    case .mmfm: malloc(); malloc(); free(); malloc()
    case .mmff: malloc(); malloc(); free(); free()
    case .mfmm: malloc(); free(); malloc(); malloc()
    case .mfmf: malloc(); free(); malloc(); free()
    case .mffm: malloc(); free(); free(); malloc()
    case .mfff: malloc(); free(); free(); free()
    case .fmmm: free(); malloc(); malloc(); malloc()
    case .fmmf: free(); malloc(); malloc(); free()
    case .fmfm: free(); malloc(); free(); malloc()
    case .fmff: free(); malloc(); free(); free()
    case .ffmm: free(); free(); malloc(); malloc()
    case .ffmf: free(); free(); malloc(); free()
    case .fffm: free(); free(); free(); malloc()
    case .ffff: free(); free(); free(); free()
    case .mmmmm: malloc(); malloc(); malloc(); malloc(); malloc()
    case .mmmmf: malloc(); malloc(); malloc(); malloc(); free()
    case .mmmfm: malloc(); malloc(); malloc(); free(); malloc()
    case .mmmff: malloc(); malloc(); malloc(); free(); free()
    case .mmfmm: malloc(); malloc(); free(); malloc(); malloc()
    case .mmfmf: malloc(); malloc(); free(); malloc(); free()
    case .mmffm: malloc(); malloc(); free(); free(); malloc()
    case .mmfff: malloc(); malloc(); free(); free(); free()
    case .mfmmm: malloc(); free(); malloc(); malloc(); malloc()
    case .mfmmf: malloc(); free(); malloc(); malloc(); free()
    case .mfmfm: malloc(); free(); malloc(); free(); malloc()
    case .mfmff: malloc(); free(); malloc(); free(); free()
    case .mffmm: malloc(); free(); free(); malloc(); malloc()
    case .mffmf: malloc(); free(); free(); malloc(); free()
    case .mfffm: malloc(); free(); free(); free(); malloc()
    case .mffff: malloc(); free(); free(); free(); free()
    case .fmmmm: free(); malloc(); malloc(); malloc(); malloc()
    case .fmmmf: free(); malloc(); malloc(); malloc(); free()
    case .fmmfm: free(); malloc(); malloc(); free(); malloc()
    case .fmmff: free(); malloc(); malloc(); free(); free()
    case .fmfmm: free(); malloc(); free(); malloc(); malloc()
    case .fmfmf: free(); malloc(); free(); malloc(); free()
    case .fmffm: free(); malloc(); free(); free(); malloc()
    case .fmfff: free(); malloc(); free(); free(); free()
    case .ffmmm: free(); free(); malloc(); malloc(); malloc()
    case .ffmmf: free(); free(); malloc(); malloc(); free()
    case .ffmfm: free(); free(); malloc(); free(); malloc()
    case .ffmff: free(); free(); malloc(); free(); free()
    case .fffmm: free(); free(); free(); malloc(); malloc()
    case .fffmf: free(); free(); free(); malloc(); free()
    case .ffffm: free(); free(); free(); free(); malloc()
    case .fffff: free(); free(); free(); free(); free()
    case .none0, .none1: break
    }
    performedCount &+= UInt64(31 - pattern.leadingZeroBitCount)
  }

  @_transparent
  private mutating func malloc() {
    let slot = Int(next[0])
    let byteCount = Int(next[1])
    next += 2
    place(calls.malloc(byteCount, slot: slot), slot, byteCount)
  }

  @_transparent
  private mutating func free() {
    let slot = Int(next[0])
    next += 1
    let block = slots[slot]
    slots[slot] = nil
    calls.free(block, slot: slot)
  }
}
