// SPDX-License-Identifier: MIT

import Glibc

/// Names a run of acebench in its results: when it began, and which process it was.
public enum SessionIdentifier {
  static func make() -> String { "\(utcNow())-\(getpid())" }

  /// `2026-01-31T12:34:56Z`.
  public static func utcNow() -> String { text("%Y-%m-%dT%H:%M:%SZ") }

  /// The time by a format of `strftime`, in UTC.
  public static func text(_ format: String) -> String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
