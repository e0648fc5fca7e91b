// SPDX-License-Identifier: MIT

import Glibc

/// What the kernel says of the machine in files of one line.
enum OnlineProcessors {
  /// The numbers of the processors that run; the first one when nothing can be read.
  static func read() -> [Int32] {
    let processors = line("/sys/devices/system/cpu/online").map(numbers) ?? []
    return processors.isEmpty ? [0] : processors
  }

  /// A list such as `0-3,5`.
  static func numbers(_ list: String) -> [Int32] {
    var numbers: [Int32] = []
    for part in list.split(separator: ",") {
      let ends = part.split(separator: "-").compactMap { Int32($0) }
      guard let first = ends.first, let last = ends.last, first >= 0, first <= last, last < 1 << 16 else { continue }
      numbers += first...last
    }
    return numbers
  }

  /// `kernel.perf_event_paranoid`: the higher, the less an ordinary user may see.
  static func paranoidLevel() -> Int? { line("/proc/sys/kernel/perf_event_paranoid").flatMap { Int($0) } }

  /// `kernel.perf_event_max_sample_rate`: how many samples a second may be asked for. The kernel lowers it by itself when samples
  /// take it too long.
  static func highestFrequency() -> UInt64? {
    line("/proc/sys/kernel/perf_event_max_sample_rate").flatMap { UInt64($0) }
  }

  private static func line(_ path: String) -> String? {
    guard let stream = fopen(path, "re") else { return nil }
    defer { fclose(stream) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    guard getline(&line, &capacity, stream) > 0, let line else { return nil }
    return String(String(cString: line).prefix { $0 != "\n" })
  }
}
