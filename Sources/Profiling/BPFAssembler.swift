// SPDX-License-Identifier: MIT

/// Puts a program for the kernel's virtual machine together, a line an instruction; jumps name labels.
struct BPFAssembler {
  typealias Register = BPFInstruction.Register

  private(set) var instructions: [BPFInstruction] = []
  private var labels: [String: Int] = [:]
  private var jumps: [(index: Int, label: String)] = []

  /// Source registers of a load of 64 bits that say what the number is.
  private static let mapDescriptor = 1
  private static let mapValue = 2

  /// `destination = source`, or another operation on both.
  mutating func perform(_ operation: BPFInstruction.Operation, _ destination: Register, _ source: Register) {
    append(BPFInstruction(code: 0x0f | operation.rawValue, destination, source))
  }

  /// The same with a number, which is extended with its sign.
  mutating func perform(_ operation: BPFInstruction.Operation, _ destination: Register, _ number: Int32) {
    append(BPFInstruction(code: 0x07 | operation.rawValue, destination, immediate: number))
  }

  /// `destination = *(address + offset)`
  mutating func load(
    _ destination: Register, _ address: Register, _ offset: Int16, _ width: BPFInstruction.Width = .eight
  ) {
    append(BPFInstruction(code: 0x61 | width.rawValue, destination, address, offset: offset))
  }

  /// `*(address + offset) = source`
  mutating func store(
    _ address: Register, _ offset: Int16, _ source: Register, _ width: BPFInstruction.Width = .eight
  ) {
    append(BPFInstruction(code: 0x63 | width.rawValue, address, source, offset: offset))
  }

  /// `*(address + offset) = number`
  mutating func store(_ address: Register, _ offset: Int16, _ number: Int32) {
    append(BPFInstruction(code: 0x7a, address, offset: offset, immediate: number))
  }

  /// `destination = number`, of 64 bits.
  mutating func loadNumber(_ destination: Register, _ number: UInt64) { loadWide(destination, 0, number) }

  /// `destination = map`, by its descriptor.
  mutating func loadMap(_ destination: Register, _ descriptor: Int32) {
    loadWide(destination, Self.mapDescriptor, UInt64(UInt32(bitPattern: descriptor)))
  }

  /// `destination = address` of the value of an array with one element.
  mutating func loadMapValue(_ destination: Register, _ descriptor: Int32) {
    loadWide(destination, Self.mapValue, UInt64(UInt32(bitPattern: descriptor)))
  }

  mutating func call(_ helper: BPFInstruction.Helper) {
    append(BPFInstruction(code: 0x85, .r0, immediate: helper.rawValue))
  }

  /// Jumps to a label further on when a register compares so with a number.
  mutating func jump(
    to label: String, _ condition: BPFInstruction.Condition = .always, _ register: Register = .r0, _ number: Int32 = 0
  ) {
    jumps.append((instructions.count, label))
    append(BPFInstruction(code: 0x05 | condition.rawValue, register, immediate: number))
  }

  /// The same with another register.
  mutating func jump(
    to label: String, _ condition: BPFInstruction.Condition, _ register: Register, _ other: Register
  ) {
    jumps.append((instructions.count, label))
    append(BPFInstruction(code: 0x0d | condition.rawValue, register, other))
  }

  /// Names the place of the next instruction.
  mutating func label(_ name: String) { labels[name] = instructions.count }

  /// Ends the program here, with 0.
  mutating func exit() {
    perform(.move, .r0, 0)
    append(BPFInstruction(code: 0x95, .r0))
  }

  /// The program, its jumps resolved; they count from the instruction behind them.
  func finished() -> [BPFInstruction] {
    var result = instructions
    for (index, label) in jumps {
      guard let target = labels[label] else { preconditionFailure("no label \(label)") }
      result[index].offset = Int16(target - index - 1)
    }
    return result
  }

  private mutating func append(_ instruction: BPFInstruction) { instructions.append(instruction) }

  /// A load of 64 bits takes the place of two instructions.
  private mutating func loadWide(_ destination: Register, _ kind: Int, _ number: UInt64) {
    var low = BPFInstruction(code: 0x18, destination, immediate: Int32(truncatingIfNeeded: number))
    low.registers |= UInt8(kind) << 4
    append(low)
    append(BPFInstruction(code: 0, .r0, immediate: Int32(truncatingIfNeeded: number >> 32)))
  }
}
