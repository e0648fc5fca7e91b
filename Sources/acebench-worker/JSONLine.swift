// SPDX-License-Identifier: MIT

import Glibc

/// One JSON object on one line, without Foundation, which would cost the worker 10 MB of memory at its start.
struct JSONLine {
  private var text = "{"

  init() {}

  mutating func add(_ name: String, _ value: String) {
    key(name)
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case _ where scalar.value < 0x20: text += "\\u00" + String(scalar.value, radix: 16).leftPadded(to: 2)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  mutating func add(_ name: String, _ value: UInt64) {
    key(name)
    text += "\(value)"
  }

  mutating func add(_ name: String, _ value: Int64) {
    key(name)
    text += "\(value)"
  }

  mutating func add(_ name: String, _ value: Double) {
    key(name)
    text += value.isFinite ? "\(value)" : "null"
  }

  /// Sends the line to standard output in one call.
  func write() {
    var line = text + "}\n"
    line.withUTF8 { bytes in _ = Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
  }

  private mutating func key(_ name: String) {
    if text.utf8.count > 1 { text += "," }
    text += "\"\(name)\":"
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - utf8.count)) + self
  }
}
