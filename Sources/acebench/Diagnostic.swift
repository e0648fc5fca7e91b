// SPDX-License-Identifier: MIT

/// Writes messages for people to standard error.
enum Diagnostic {
  static func report(_ failure: Failure) {
    ProgressLine.clear()
    write("error", failure.error, color: "31")
    for note in failure.notes { write("note", note, color: "36") }
    for help in failure.help { write("help", help, color: "32") }
  }

  static func warn(_ text: String) {
    ProgressLine.clear()
    write("warning", text, color: "33")
  }

  static func note(_ text: String) {
    ProgressLine.clear()
    write("note", text, color: "36")
  }

  private static func write(_ kind: String, _ text: String, color: String) {
    let label = Terminal.colorsErrors ? "\u{1b}[1;\(color)m\(kind):\u{1b}[0m" : "\(kind):"
    Streams.writeError("\(label) \(text)\n")
  }
}
