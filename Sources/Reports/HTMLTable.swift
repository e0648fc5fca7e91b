// SPDX-License-Identifier: MIT

/// A table of a page, which a script may sort by its columns.
struct HTMLTable {
  struct Column {
    var title: String
    var isNumber = false
    /// What the numbers are, shown under a pointer.
    var explanation = ""
  }

  struct Entry {
    /// Ready to be written.
    var markup: String
    var classes = ""
    /// What it is sorted by; nil for its text.
    var order: Double?

    /// A text, escaped here.
    init(_ text: String, _ classes: String = "", order: Double? = nil) {
      self.init(markup: text.markup, classes, order: order)
    }

    init(markup: String, _ classes: String = "", order: Double? = nil) {
      (self.markup, self.classes, self.order) = (markup, classes, order)
    }
  }

  var caption = ""
  var columns: [Column]
  var rows: [(classes: String, entries: [Entry])] = []
  var isSortable = true

  mutating func append(_ entries: [Entry], _ classes: String = "") { rows.append((classes, entries)) }

  var markup: String {
    var text = "<div class=\"scroll\"><table\(isSortable ? " class=\"sortable\"" : "")>"
    if !caption.isEmpty { text += "<caption>\(caption.markup)</caption>" }
    text += "<thead><tr>"
    for column in columns {
      let note = column.explanation.isEmpty ? "" : " title=\"\(column.explanation.markup)\""
      text += "<th scope=\"col\"\(column.isNumber ? " class=\"n\"" : "")\(note)>\(column.title.markup)</th>"
    }
    text += "</tr></thead><tbody>"
    for row in rows {
      text += row.classes.isEmpty ? "<tr>" : "<tr class=\"\(row.classes)\">"
      for (entry, column) in zip(row.entries, columns) {
        let classes = [column.isNumber ? "n" : "", entry.classes].filter { !$0.isEmpty }.joined(separator: " ")
        let order = entry.order.map { " data-order=\"\($0)\"" } ?? ""
        text += "<td\(classes.isEmpty ? "" : " class=\"\(classes)\"")\(order)>\(entry.markup)</td>"
      }
      text += "</tr>"
    }
    return text + "</tbody></table></div>"
  }
}
