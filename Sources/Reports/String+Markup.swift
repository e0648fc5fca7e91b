// SPDX-License-Identifier: MIT

extension String {
  /// The text as HTML and SVG show it as it is, between tags and inside double quotes alike. It is on one line, and
  /// has nothing that turns text around: names come from strangers' files.
  var markup: String {
    // Most texts are plain, and a page has many thousand.
    if utf8.allSatisfy(Self.isPlain) { return self }
    return XMLElement.escaped(printable)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
    default: byte >= 0x20 && byte < 0x7f
    }
  }

  /// The text as a name in an address or of a file: lower-case letters, digits and hyphens.
  var slug: String {
    var slug = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
      case "A"..."Z": slug += String(scalar).lowercased()
      default: if !slug.isEmpty, slug.last != "-" { slug += "-" }
      }
    }
    return slug.last == "-" ? String(slug.dropLast()) : slug
  }
}
