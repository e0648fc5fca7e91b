// SPDX-License-Identifier: MIT

/// The words of a replay program.
///
/// A thread's stream is a sequence of 32-bit words: an opcode word, then its operands. A 64-bit operand is two words,
/// low half first. The cost of replaying a recorded program is mispredicted branches, one for nearly every
/// dispatch; so up to `patternLengthLimit` consecutive mallocs and frees share one opcode, a *pattern*, whose bits
/// say which is which: dispatching four calls costs one misprediction instead of four.
///
/// The opcodes are computed properties because those, unlike stored ones, are constants in other modules too.
///
///     opcode                 operands                     meaning
///     2 ..< 128              slot size | slot, each       a pattern; below the leading 1, one bit a call in
///                                                         order, highest first: 0 malloc (slot, size), 1 free (slot)
///     mallocLarge            slot size64                  malloc of 4 GiB or more
///     calloc, realloc        slot size64
///     aligned + shift << 8   slot size64                  memalign of 1 << shift
///     await                  thread count64               wait until the thread has performed so many events
///     start                  thread                       start a thread, whose progress begins at 1
///     repeat                 length times                 perform the `length` words before this one so many more times
///     pause                  nanoseconds64                wait until so long after the start (original speed)
///     leave                  next64                       the window's end: go on at that word offset, 0 for none
///     end                                                 the thread's end
public enum Instruction {
  /// The longest run of mallocs and frees behind one opcode. Random calls on the floor cost 4.1 ns each with 4, 3.3 with
  /// 5 and 3.1 with 6; every one more doubles the cases.
  @inlinable public static var patternLengthLimit: Int { 6 }
  /// Opcodes below this one are patterns.
  @inlinable public static var patternLimit: UInt32 { 1 << UInt32(patternLengthLimit + 1) }

  @inlinable public static var mallocLarge: UInt32 { 128 }
  @inlinable public static var calloc: UInt32 { 129 }
  @inlinable public static var realloc: UInt32 { 130 }
  @inlinable public static var aligned: UInt32 { 131 }
  @inlinable public static var await: UInt32 { 132 }
  @inlinable public static var start: UInt32 { 133 }
  @inlinable public static var `repeat`: UInt32 { 134 }
  @inlinable public static var pause: UInt32 { 135 }
  @inlinable public static var leave: UInt32 { 136 }
  @inlinable public static var end: UInt32 { 137 }

  /// Words of `leave` and its operand.
  @inlinable public static var leaveWordCount: Int { 3 }
}
