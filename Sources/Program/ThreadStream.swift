// SPDX-License-Identifier: MIT

/// Encodes the events of one thread as instruction words.
///
/// The operands of mallocs and frees are written behind an opcode word that is filled in when the pattern is full or
/// another instruction comes; a pattern that begins to repeat what stands before it is folded into a `repeat` (see
/// `RepeatFolder`).
struct ThreadStream {
  private(set) var words: [UInt32] = []
  /// The pattern so far; 1 when none has begun.
  private var pattern: UInt32 = 1
  private var patternIndex = 0
  private var folder = RepeatFolder()

  mutating func malloc(slot: UInt32, byteCount: UInt64) {
    guard let size = UInt32(exactly: byteCount) else {
      append(Instruction.mallocLarge, slot, byteCount)
      return
    }
    beginPatternIfNone()
    pattern <<= 1
    words.append(slot)
    words.append(size)
    if pattern >= Instruction.patternLimit / 2 { endPattern() }
  }

  mutating func free(slot: UInt32) {
    beginPatternIfNone()
    pattern = pattern << 1 | 1
    words.append(slot)
    if pattern >= Instruction.patternLimit / 2 { endPattern() }
  }

  /// An instruction with a 32-bit operand and a 64-bit one.
  mutating func append(_ opcode: UInt32, _ operand: UInt32, _ wide: UInt64) {
    flush()
    words.append(opcode)
    words.append(operand)
    words.append(UInt32(truncatingIfNeeded: wide))
    words.append(UInt32(truncatingIfNeeded: wide >> 32))
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

  /// Closes the window and takes its words, which are none when nothing was encoded. Their memory goes with them:
  /// threads that take turns would otherwise each keep a window's worth.
  mutating func takeWords() -> [UInt32] {
    flush()
    guard !words.isEmpty else { return [] }
    words += [Instruction.leave, 0, 0]
    folder = RepeatFolder()
    defer { words = [] }
    return words
  }

  /// Completes what is held back.
  private mutating func flush() {
    endPattern()
    folder.close(&words)
  }

  private mutating func beginPatternIfNone() {
    guard pattern == 1 else { return }
    patternIndex = words.count
    words.append(0)
  }

  private mutating func endPattern() {
    guard pattern > 1 else { return }
    words[patternIndex] = pattern
    pattern = 1
    folder.fold(&words, patternAt: patternIndex)
  }
}
