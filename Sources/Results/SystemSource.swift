// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc

/// Where a fingerprint is read from: the folder that holds `proc` and `sys`, and what no file of them tells.
public struct SystemSource: Sendable {
  /// Put before `/proc/…` and `/sys/…`; empty for the machine itself.
  public var root: String
  public var architecture: String
  public var libc: String
  public var pageByteCount: UInt64
  public var environment: [String: String]
  public var numaTopology: NumaTopology?

  public init(
    root: String, architecture: String, libc: String, pageByteCount: UInt64, environment: [String: String],
    numaTopology: NumaTopology? = nil
  ) {
    self.root = root
    self.architecture = architecture
    self.libc = libc
    self.pageByteCount = pageByteCount
    self.environment = environment
    self.numaTopology = numaTopology
  }

  /// This machine and this process.
  public static var current: SystemSource {
    var name = utsname()
    uname(&name)
    let machine = withUnsafeBytes(of: name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return SystemSource(
      root: "", architecture: machine, libc: libraryVersion,
      pageByteCount: UInt64(max(0, sysconf(Int32(_SC_PAGESIZE)))), environment: ProcessInfo.processInfo.environment,
      numaTopology: .current)
  }

  /// The C library and its version, by `confstr`.
  private static var libraryVersion: String {
    var text = [CChar](repeating: 0, count: 64)
    confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The contents of a file without white space around them; nil when it cannot be read or is empty.
  func text(_ path: String) -> String? {
    guard let text = ReadOnlyFile.text(path: root + path) else { return nil }
    let trimmed = text.trimmingSpaces
    return trimmed.isEmpty ? nil : trimmed
  }

  /// Whether a file or folder is there.
  func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

  /// `name: value` or `name : value` lines of a file; of lines with the same name the first counts.
  func fields(_ path: String) -> [String: String] {
    var fields: [String: String] = [:]
    for line in (text(path) ?? "").split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[..<colon].trimmingSpaces
      if fields[name] == nil { fields[name] = line[line.index(after: colon)...].trimmingSpaces }
    }
    return fields
  }
}

extension StringProtocol {
  /// The text without white space before and after it.
  fileprivate var trimmingSpaces: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
