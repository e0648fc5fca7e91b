// SPDX-License-Identifier: MIT

/// Encodes the events of one thread as instruction words.
///
/// Mallocs and frees are held back until a pattern is full or another instruction comes; a pattern that begins to
/// repeat what stands before it is folded into a `repeat` (see `RepeatFolder`).
struct ThreadStream {
  private(set) var words: [UInt32] = []
  private var pattern: UInt32 = 1
  private var operands: [UInt32] = []
  private var folder = RepeatFolder()

  mutating func malloc(slot: UInt32, byteCount: UInt64) {
    guard let size = UInt32(exactly: byteCount) else {
      append(Instruction.mallocLarge, slot, byteCount)
      return
    }
    pattern <<= 1
    operands.append(slot)
    operands.append(size)
    if pattern >= Instruction.patternLimit / 2 { flushPattern() }
  }

  mutating func free(slot: UInt32) {
    pattern = pattern << 1 | 1
    operands.append(slot)
    if pattern >= Instruction.patternLimit / 2 { flushPattern() }
  }

  /// An instruction with a 32-bit operand and a 64-bit one.
  mutating func append(_ opcode: UInt32, _ operand: UInt32, _ wide: UInt64) {
    flush()
    words += [opcode, operand, UInt32(truncatingIfNeeded: wide), UInt32(truncatingIfNeeded: wide >> 32)]
  }

  mutating func start(_ thread: UInt32) {
    flush()
    words += [Instruction.start, thread]
  }

  mutating func pause(untilNanoseconds nanoseconds: UInt64) {
    flush()
    words += [
      Instruction.pause, UInt32(truncatingIfNeeded: nanoseconds), UInt32(truncatingIfNeeded: nanoseconds >> 32),
    ]
  }

  mutating func end() {
    flush()
    words.append(Instruction.end)
    folder = RepeatFolder()
  }

  /// Closes the window and empties the stream; what it held is in `words` until then.
  mutating func leave() {
    flush()
    words += [Instruction.leave, 0, 0]
  }

  mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    folder = RepeatFolder()
  }

  /// Writes out what is held back.
  mutating func flush() {
    flushPattern()
    folder.close(&words)
  }

  private mutating func flushPattern() {
    guard pattern > 1 else { return }
    folder.append(pattern, operands, to: &words)
    operands.removeAll(keepingCapacity: true)
    pattern = 1
  }
}
