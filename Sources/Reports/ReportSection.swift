// SPDX-License-Identifier: MIT

/// A part of a page: text and figures, with a heading of its own.
struct ReportSection {
  /// In addresses.
  let identifier: String
  let title: String
  private(set) var markup = ""
  private(set) var figures: [PlotFigure] = []

  init(_ identifier: String, _ title: String) { (self.identifier, self.title) = (identifier, title) }

  mutating func paragraph(_ text: String, _ classes: String = "") {
    markup += (classes.isEmpty ? "<p>" : "<p class=\"\(classes)\">") + text.markup + "</p>\n"
  }

  mutating func heading(_ text: String, identifier: String = "") {
    markup += (identifier.isEmpty ? "<h3>" : "<h3 id=\"\(identifier.markup)\">") + text.markup + "</h3>\n"
  }

  mutating func table(_ table: HTMLTable) { markup += table.markup + "\n" }

  mutating func list(_ texts: [String]) {
    guard !texts.isEmpty else { return }
    markup += "<ul>" + texts.map { "<li>\($0.markup)</li>" }.joined() + "</ul>\n"
  }

  /// What was not measured and what would measure it.
  mutating func absence(_ text: String, command: String) {
    markup += "<p class=\"absence\">\(text.markup) <code>\(command.markup)</code></p>\n"
  }

  /// A figure over the whole width, with what it shows and how it was measured.
  mutating func figure(_ figure: PlotFigure, caption: String, measured: String) {
    figures.append(figure)
    markup +=
      "<figure class=\"wide\"><div class=\"scroll\">\(figure.inline)</div>\(Self.words(caption, measured))</figure>\n"
  }

  /// Small figures side by side, each under a name, with one caption for all.
  mutating func grid(_ panels: [Panel], caption: String, measured: String) {
    guard !panels.isEmpty else { return }
    figures += panels.map(\.figure)
    let parts = panels.map { panel in
      "<div class=\"panel\"><h4>\(panel.name.markup) <small>\(panel.detail.markup)</small></h4>\(panel.figure.inline)"
        + (panel.note.isEmpty ? "" : "<p class=\"note\">\(panel.note.markup)</p>") + "</div>"
    }
    markup += "<figure><div class=\"grid\">\(parts.joined())</div>\(Self.words(caption, measured))</figure>\n"
  }

  struct Panel {
    var name: String
    var detail: String
    var figure: PlotFigure
    var note = ""
  }

  private static func words(_ caption: String, _ measured: String) -> String {
    "<figcaption>\(caption.markup)<span class=\"measured\">How this was measured: \(measured.markup)</span></figcaption>"
  }
}
