// SPDX-License-Identifier: MIT

/// Numbers threads in order of first appearance, as events name them.
struct ThreadNumbers {
  private var numbers: [UInt64: UInt32] = [:]
  private var count: UInt32 = 0
  private var last: (name: UInt64, number: UInt32)?

  /// The number of a thread that its tool calls `name`.
  @inline(__always)
  mutating func number(of name: UInt64) -> UInt32 {
    if let last, last.name == name { return last.number }
    return find(name)
  }

  /// Notes that a thread has ended: the system gives its name to another.
  mutating func end(_ name: UInt64) {
    numbers[name] = nil
    last = nil
  }

  private mutating func find(_ name: UInt64) -> UInt32 {
    let number = numbers[name] ?? count
    if number == count {
      numbers[name] = number
      count += 1
    }
    last = (name, number)
    return number
  }
}
