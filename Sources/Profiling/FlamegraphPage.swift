// SPDX-License-Identifier: MIT

/// A flamegraph as an SVG document: its measures, its head and foot, and its rectangles.
///
/// The document can be read without scripts: all rectangles, their labels and their tooltips are there. Its script adds zoom and
/// search. It refers to nothing outside of itself, and may be put into an HTML page as it is.
struct FlamegraphPage {
  /// Pixels of the picture, unless a reader scales it.
  static let width = 1200.0
  static let margin = 10.0
  static let rowHeight = 16.0
  /// Of a frame that would be drawn narrower, nothing is drawn, nor of what it calls: it stays empty space in its caller.
  static let narrowest = 0.1
  /// Of a digit or letter of the monospaced type at 11 pixels.
  static let letterWidth = 6.6
  private static let headHeight = 76.0
  private static let footHeight = 26.0

  var title: String
  var subtitle: String
  /// What colours mean: a colour and a word each.
  var legend: [(color: String, words: String)]
  /// Rows of frames, the row of everything included.
  var rowCount: Int

  var height: Double { Self.headHeight + Double(rowCount) * Self.rowHeight + Self.footHeight }
  /// Pixels across for all that was counted.
  static var drawnWidth: Double { width - 2 * margin }

  func writeHead(to output: ProfileOutput) {
    output.write(#"<?xml version="1.0" encoding="UTF-8"?>"#)
    output.write("\n<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flamegraph\" width=\"1200\" height=\"")
    output.write(decimal: height, digits: 0)
    output.write("\" viewBox=\"0 0 1200 ")
    output.write(decimal: height, digits: 0)
    output.write("\">\n<title>")
    output.write(xml: title)
    output.write("</title>\n<style>")
    output.write(FlamegraphScript.style)
    output.write("</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n")
    writeText(Self.cut(title, 95), className: "head", x: Self.width / 2, y: 24, anchor: "middle", to: output)
    writeText(Self.cut(subtitle, 175), className: "note", x: Self.width / 2, y: 42, anchor: "middle", to: output)
    writeLegend(to: output)
    for (index, button) in ["reset", "search"].enumerated() {
      output.write("<g class=\"button \(button)\" role=\"button\" tabindex=\"0\" display=\"none\"><rect x=\"")
      output.write(decimal: Self.width - Self.margin - 66 - Double(index) * 74, digits: 0)
      output.write("\" y=\"10\" width=\"66\" height=\"20\" rx=\"4\"/><text text-anchor=\"middle\" y=\"24\" x=\"")
      output.write(decimal: Self.width - Self.margin - 33 - Double(index) * 74, digits: 0)
      output.write("\">\(button)</text></g>\n")
    }
    output.write("<g class=\"frames\">\n")
  }

  func writeFoot(to output: ProfileOutput) {
    output.write("</g>\n")
    writeText("", className: "details", x: Self.margin, y: height - 9, anchor: "start", to: output)
    writeText("", className: "matched", x: Self.width - Self.margin, y: height - 9, anchor: "end", to: output)
    output.write("<script><![CDATA[")
    output.write(FlamegraphScript.script)
    output.write("]]></script>\n</svg>\n")
  }

  /// Writes a frame: what it is called, the rest of its tooltip, its place and its colour.
  ///
  /// - Parameters:
  ///   - row: 0 is at the bottom.
  ///   - left: Pixels from where the frames begin.
  func writeFrame(
    _ name: String, tooltip: String, row: Int, left: Double, width: Double, color: String, to output: ProfileOutput
  ) {
    let y = height - Self.footHeight - Double(row + 1) * Self.rowHeight
    output.write("<g><title>")
    output.write(xml: name)
    output.write("\n")
    output.write(xml: tooltip)
    output.write("</title><rect x=\"")
    output.write(decimal: Self.margin + left, digits: 3)
    output.write("\" y=\"")
    output.write(decimal: y, digits: 0)
    output.write("\" width=\"")
    output.write(decimal: width, digits: 3)
    output.write("\" height=\"15\" rx=\"1\" fill=\"")
    output.write(color)
    output.write("\"/>")
    let label = Self.label(name, width: width)
    if !label.isEmpty {
      output.write("<text x=\"")
      output.write(decimal: Self.margin + left + 3, digits: 1)
      output.write("\" y=\"")
      output.write(decimal: y + 11, digits: 0)
      output.write("\">")
      output.write(xml: label)
      output.write("</text>")
    }
    output.write("</g>\n")
  }

  /// As much of a name as is readable in a width; the script does the same when it zooms.
  private static func label(_ name: String, width: Double) -> Substring {
    let room = Int((width - 6) / letterWidth)
    return room < 3 ? "" : cut(name, room)
  }

  private static func cut(_ text: String, _ letterCount: Int) -> Substring {
    text.count <= letterCount ? text[...] : text.prefix(letterCount - 1) + "…"
  }

  private func writeLegend(to output: ProfileOutput) {
    var x = Self.margin
    for entry in legend {
      output.write("<rect x=\"")
      output.write(decimal: x, digits: 0)
      output.write("\" y=\"52\" width=\"11\" height=\"11\" rx=\"2\" fill=\"")
      output.write(entry.color)
      output.write("\"/>")
      writeText(entry.words[...], className: "note", x: x + 16, y: 62, anchor: "start", to: output)
      x += 32 + Double(entry.words.count) * Self.letterWidth
    }
  }

  private func writeText(
    _ text: Substring, className: String, x: Double, y: Double, anchor: String, to output: ProfileOutput
  ) {
    output.write("<text class=\"\(className)\" text-anchor=\"\(anchor)\" x=\"")
    output.write(decimal: x, digits: 0)
    output.write("\" y=\"")
    output.write(decimal: y, digits: 0)
    output.write("\">")
    output.write(xml: text)
    output.write("</text>\n")
  }
}
