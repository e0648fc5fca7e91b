// SPDX-License-Identifier: MIT

/// An element of an XML document, to be written.
struct XMLElement {
  var name: String
  /// In the order in which they are written.
  var attributes: [(name: String, value: String)] = []
  var children: [XMLElement] = []

  /// The element in lines, the last one ended as well.
  func render(indentation: Int = 0) -> String {
    let indent = String(repeating: "  ", count: indentation)
    let start = indent + "<" + name + attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
    guard !children.isEmpty else { return start + "/>\n" }
    return start + ">\n" + children.map { $0.render(indentation: indentation + 1) }.joined() + indent + "</\(name)>\n"
  }

  /// A text as the value of an attribute. What XML 1.0 cannot hold in any way becomes the sign for a lost character.
  ///
  /// https://www.w3.org/TR/xml/#charsets
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      // A parser would read these as spaces.
      case "\t", "\n", "\r": "&#\(scalar.value);"
      case "\u{0}"..<" ", "\u{fffe}", "\u{ffff}": "\u{fffd}"
      default: String(scalar)
      }
    }.joined()
  }
}
