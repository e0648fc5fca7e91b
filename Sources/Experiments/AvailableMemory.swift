// SPDX-License-Identifier: MIT

import FoundationEssentials

/// How much memory can be had without swapping.
public enum AvailableMemory {
  /// `MemAvailable` of `/proc/meminfo`; a cautious 1 GiB when it does not say.
  public static func byteCount() -> UInt64 {
    let fallback: UInt64 = 1 << 30
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kibibytes = UInt64(line.dropFirst("MemAvailable:".count).dropLast("kB".count).trimmingSpaces())
    else { return fallback }
    return kibibytes << 10
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> Substring {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
