// SPDX-License-Identifier: MIT

/// A field of a record, of the kind that JSON tells apart.
public enum FieldValue: Equatable, Sendable {
  case text(String)
  case integer(UInt64)
  case real(Double)
  case flag(Bool)
  case none

  /// The value as a table or CSV has it; nothing for none and for what is not a finite number.
  var text: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .real(let real): real.isFinite ? real.description : ""
    case .flag(let flag): flag ? "yes" : "no"
    case .none: ""
    }
  }

  /// The value as JSON has it.
  var json: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .integer, .real: text.isEmpty ? "null" : text
    case .flag(let flag): flag ? "true" : "false"
    case .none: "null"
    }
  }

  /// A JSON string, RFC 8259 section 7.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
