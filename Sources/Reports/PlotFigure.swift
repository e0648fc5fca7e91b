// SPDX-License-Identifier: MIT

/// A drawing: for a page, or a file of its own.
public struct PlotFigure: Sendable {
  /// Names the figure among those of a page, in lower-case letters, digits and hyphens.
  public let name: String
  /// What it shows, in words for those who do not see it.
  public let title: String
  let width: Double
  let height: Double
  let markup: String

  init(name: String, title: String, width: Double, height: Double, _ canvas: SVGCanvas) {
    (self.name, self.title, self.width, self.height) = (name, title, width, height)
    markup = canvas.markup
  }

  /// The figure inside a page that has the style sheet.
  var inline: String {
    "<svg class=\"plot\" viewBox=\"0 0 \(SVGCanvas.number(width)) \(SVGCanvas.number(height))\" role=\"img\" aria-label=\"\(title.markup)\">\(markup)</svg>"
  }

  /// The figure as a document of its own, light or dark as its reader has it.
  public var document: String {
    let size = "width=\"\(SVGCanvas.number(width))\" height=\"\(SVGCanvas.number(height))\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" class="plot" \(size) viewBox="0 0 \(SVGCanvas.number(width)) \
      \(SVGCanvas.number(height))" role="img">
      <title>\(title.markup)</title>
      <style>\(PlotStyleSheet.document)</style>
      <rect class="paper" width="100%" height="100%"/>
      \(markup)
      </svg>

      """
  }
}
