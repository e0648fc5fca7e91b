// SPDX-License-Identifier: MIT

import Glibc

/// The kernel's functions, as `/proc/kallsyms` tells them to those who may see addresses (`kernel.kptr_restrict`).
struct KernelSymbols {
  private var starts: [UInt64] = []
  private var nameEnds: [UInt32] = []
  private var names: [UInt8] = []

  /// nil when the addresses are not told.
  init?(path: String = "/proc/kallsyms") {
    guard let stream = fopen(path, "re") else { return nil }
    defer { fclose(stream) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var isSorted = true
    while true {
      let count = getline(&line, &capacity, stream)
      guard count > 0, let line else { break }
      read(UnsafeRawBufferPointer(start: line, count: count), &isSorted)
    }
    guard !starts.isEmpty else { return nil }
    if !isSorted { sort() }
  }

  /// `ffffffff81000000 T name`, behind which a module may stand in brackets.
  private mutating func read(_ line: UnsafeRawBufferPointer, _ isSorted: inout Bool) {
    var address: UInt64 = 0
    var index = 0
    while index < line.count, let digit = Self.hexadecimalValue(line[index]) {
      address = address << 4 | digit
      index += 1
    }
    guard address != 0, index + 3 < line.count, line[index] == UInt8(ascii: " ") else { return }
    guard Array("tTwW".utf8).contains(line[index + 1]) else { return }
    let name = line[(index + 3)...].prefix { $0 > 0x20 }
    if let last = starts.last, last > address { isSorted = false }
    starts.append(address)
    names += name
    nameEnds.append(UInt32(names.count))
  }

  private mutating func sort() {
    let order = starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    var sorted = self
    sorted.names = []
    sorted.nameEnds = []
    sorted.starts = order.map { starts[$0] }
    for index in order {
      sorted.names += nameBytes(index)
      sorted.nameEnds.append(UInt32(sorted.names.count))
    }
    self = sorted
  }

  private func nameBytes(_ index: Int) -> ArraySlice<UInt8> {
    names[(index == 0 ? 0 : Int(nameEnds[index - 1]))..<Int(nameEnds[index])]
  }

  /// The name and the start of the function at an address; nil before the first.
  func function(at address: UInt64) -> (name: String, start: UInt64)? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    // Of several names at one address the first.
    var index = low - 1
    while index > 0, starts[index - 1] == starts[index] { index -= 1 }
    return (String(decoding: nameBytes(index), as: UTF8.self), starts[index])
  }

  private static func hexadecimalValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}
