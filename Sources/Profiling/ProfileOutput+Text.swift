// SPDX-License-Identifier: MIT

extension ProfileOutput {
  /// Writes a text as a JSON string, quotes included.
  ///
  /// Source: RFC 8259, section 7.
  func write(json text: String) {
    write(byte: UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        write(byte: UInt8(ascii: "\\"))
        write(byte: byte)
      case UInt8(ascii: "\n"): write("\\n")
      case UInt8(ascii: "\t"): write("\\t")
      case 0..<0x20:
        write("\\u00")
        write(byte: Self.hexadecimalDigit(byte >> 4))
        write(byte: Self.hexadecimalDigit(byte & 15))
      default: write(byte: byte)
      }
    }
    write(byte: UInt8(ascii: "\""))
  }

  /// Writes a text as the content of an XML element or attribute. What XML 1.0 cannot hold in any way becomes the sign for a lost
  /// character.
  ///
  /// https://www.w3.org/TR/xml/#charsets
  func write(xml text: some StringProtocol) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": write("&amp;")
      case "<": write("&lt;")
      case ">": write("&gt;")
      case "\"": write("&quot;")
      case "\n": write("&#10;")
      case "\t", "\r": write(" ")
      case "\u{0}"..<" ", "\u{fffe}", "\u{ffff}": write("\u{fffd}")
      default: write(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }

  /// Writes a number with at most `digits` decimals, without zeros at its end.
  func write(decimal number: Double, digits: Int) {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    var rest = Int64((number * scale).rounded())
    if rest < 0 {
      write("-")
      rest = -rest
    }
    write(rest / Int64(scale))
    var fraction = rest % Int64(scale)
    guard fraction > 0 else { return }
    write(".")
    while fraction > 0 {
      scale /= 10
      write(byte: UInt8(ascii: "0") + UInt8(fraction / Int64(scale)))
      fraction %= Int64(scale)
    }
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
