// SPDX-License-Identifier: MIT

import Glibc

/// `/proc/PID/maps`: what a process had mapped before anybody was told.
enum ProcessMaps {
  /// The mappings with code; none when the process has ended, or is not this user's.
  static func read(process: pid_t) -> [PerfRecord.Mapping] {
    guard let stream = fopen("/proc/\(process)/maps", "re") else { return [] }
    defer { fclose(stream) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var mappings: [PerfRecord.Mapping] = []
    while getline(&line, &capacity, stream) > 0, let line {
      if let mapping = mapping(String(cString: line), process: process) { mappings.append(mapping) }
    }
    return mappings
  }

  /// A line: `start-end permissions offset device inode path`, numbers in hexadecimal; nil when it has no code.
  static func mapping(_ line: String, process: pid_t) -> PerfRecord.Mapping? {
    let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
    guard fields.count >= 5, fields[1].utf8.contains(UInt8(ascii: "x")) else { return nil }
    let ends = fields[0].split(separator: "-")
    guard ends.count == 2, let start = UInt64(ends[0], radix: 16), let end = UInt64(ends[1], radix: 16), start < end,
      let fileOffset = UInt64(fields[2], radix: 16)
    else { return nil }
    let path = fields.count > 5 ? fields[5].drop { $0 == " " }.prefix { $0 != "\n" } : ""
    return PerfRecord.Mapping(
      process: process, start: start, byteCount: end - start, fileOffset: fileOffset, path: String(path))
  }
}
