// SPDX-License-Identifier: MIT

extension NumaTopology.Node {
  /// "node 1: processors 8-15, 32011 MiB".
  public var words: String {
    let memory = memoryByteCount == 0 ? "no memory" : "\(memoryByteCount >> 20) MiB"
    return "node \(number): " + (processors.isEmpty ? "no processors" : "processors \(processors.rangesText)")
      + ", \(memory)" + (isAllowed ? "" : ", which this process may not use")
  }
}

extension [Int] {
  /// Rising numbers as the kernel lists them: `0-3,8`.
  fileprivate var rangesText: String {
    var ranges: [(first: Int, last: Int)] = []
    for number in self {
      if let last = ranges.last?.last, last + 1 == number {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    return ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
  }
}
