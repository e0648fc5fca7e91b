// SPDX-License-Identifier: MIT

/// An instruction of the kernel's virtual machine, as it lies in memory: `struct bpf_insn` of linux/bpf.h. The numbers are those
/// of the instruction set's specification, RFC 9669.
struct BPFInstruction: Equatable, BitwiseCopyable {
  /// The registers: r0 for results, r1 to r5 for arguments, r6 to r9 kept over calls, r10 the end of the stack.
  enum Register: UInt8 {
    case r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10
  }

  /// How many bytes a load or a store moves: the size bits of its code.
  enum Width: UInt8 {
    case four = 0x00
    case eight = 0x18
  }

  /// Arithmetic in 64 bits.
  enum Operation: UInt8 {
    case add = 0x00
    case subtract = 0x10
    case and = 0x50
    case move = 0xb0
  }

  /// When a jump is taken; comparisons are of unsigned numbers.
  enum Condition: UInt8 {
    case always = 0x00
    case equal = 0x10
    case greater = 0x20
    case greaterOrEqual = 0x30
    case notEqual = 0x50
    case less = 0xa0
  }

  /// Functions of the kernel, as `__BPF_FUNC_MAPPER` numbers them.
  enum Helper: Int32 {
    case mapLookup = 1
    case mapUpdate = 2
    case mapDelete = 3
    case probeRead = 4
    case nanoseconds = 5
    case processAndThread = 14
    case currentTask = 35
  }

  var code: UInt8
  /// The destination in the low half, the source in the high one.
  var registers: UInt8
  var offset: Int16
  var immediate: Int32

  init(code: UInt8, _ destination: Register, _ source: Register = .r0, offset: Int16 = 0, immediate: Int32 = 0) {
    self.code = code
    registers = destination.rawValue | source.rawValue << 4
    self.offset = offset
    self.immediate = immediate
  }
}
