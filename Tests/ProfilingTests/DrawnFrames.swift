// SPDX-License-Identifier: MIT

import Testing

/// The rectangles of a flamegraph, read back from its document.
struct DrawnFrames {
  struct Frame: Equatable {
    var name: String
    var tooltip: [String]
    var x: Double
    var y: Double
    var width: Double
    var fill: String
    /// Empty when the frame has none.
    var label: String
  }

  var frames: [Frame] = []
  /// Names of the elements that were opened and closed, which has to be in order.
  private var open: [String] = []

  /// - Throws: When the document is not well-formed XML of the kind that the writer may write.
  init(_ bytes: [UInt8]) throws {
    let text = try #require(String(validating: bytes, as: UTF8.self))
    var rest = text[...]
    var current = Frame(name: "", tooltip: [], x: 0, y: 0, width: 0, fill: "", label: "")
    var groupDepth = 0
    while let start = rest.firstIndex(of: "<") {
      let content = Self.unescaped(String(rest[..<start]))
      switch open.last {
      case "title" where groupDepth == 2:
        let lines = content.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        current.name = lines.first ?? ""
        current.tooltip = Array(lines.dropFirst())
      case "text" where groupDepth == 2: current.label = content
      default: break
      }
      rest = rest[rest.index(after: start)...]
      if rest.hasPrefix("![CDATA[") {
        let end = try #require(rest.firstRange(of: "]]>"))
        rest = rest[end.upperBound...]
        continue
      }
      let end = try #require(rest.firstIndex(of: ">"))
      let tag = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") { continue }
      if tag.hasPrefix("/") {
        try #require(open.popLast() == String(tag.dropFirst()))
        if tag == "/g" {
          if groupDepth == 2 { frames.append(current) }
          groupDepth -= 1
        }
        continue
      }
      let name = String(tag.prefix { $0 != " " && $0 != "/" })
      if tag.contains("class=\"frames\"") { groupDepth = 1 } else if name == "g", groupDepth > 0 { groupDepth += 1 }
      if name == "g", groupDepth == 2 {
        current = Frame(name: "", tooltip: [], x: 0, y: 0, width: 0, fill: "", label: "")
      }
      if name == "rect", groupDepth == 2 {
        current.x = try #require(Double(Self.attribute("x", of: tag)))
        current.y = try #require(Double(Self.attribute("y", of: tag)))
        current.width = try #require(Double(Self.attribute("width", of: tag)))
        current.fill = Self.attribute("fill", of: tag)
      }
      if !tag.hasSuffix("/") { open.append(name) }
    }
    try #require(open.isEmpty)
  }

  private static func attribute(_ name: String, of tag: Substring) -> String {
    guard let start = tag.firstRange(of: " \(name)=\"") else { return "" }
    return unescaped(String(tag[start.upperBound...].prefix { $0 != "\"" }))
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#10;", with: "\n").replacing("&amp;", with: "&")
  }

  /// The frames of a name.
  func named(_ name: String) -> [Frame] { frames.filter { $0.name == name } }
}
