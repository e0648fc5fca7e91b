// SPDX-License-Identifier: MIT

/// Numbers in the order in which they were put in.
struct NumberQueue {
  private var numbers: [UInt64] = []
  private var head = 0

  var count: Int { numbers.count - head }

  mutating func append(_ number: UInt64) { numbers.append(number) }

  /// Takes the oldest number; the queue must not be empty.
  mutating func removeFirst() -> UInt64 {
    let number = numbers[head]
    head += 1
    if head >= 1024, head * 2 >= numbers.count {
      numbers.removeFirst(head)
      head = 0
    }
    return number
  }
}
