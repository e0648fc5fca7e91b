// SPDX-License-Identifier: MIT

/// A Markdown document that fits into so many bytes. Where it does not, lines are left out of the pieces that matter
/// least, whole lines only, and no piece is left open.
struct MarkdownDocument {
  /// What is opened before its lines and closed behind them.
  struct Piece {
    var opening = ""
    /// Each without a line break; not all of them may be kept.
    var lines: [String]
    var closing = ""
    /// Pieces of a lower rank get their lines first.
    var rank: Int
  }

  private(set) var pieces: [Piece] = []

  /// Adds a piece behind the others; nothing without lines.
  mutating func append(_ piece: Piece) {
    if !piece.lines.isEmpty { pieces.append(piece) }
  }

  /// The document in at most so many bytes, with an empty line between pieces.
  func render(byteLimit: Int) -> String {
    var room = byteLimit
    var texts = [String](repeating: "", count: pieces.count)
    for index in pieces.indices.sorted(by: { (pieces[$0].rank, $0) < (pieces[$1].rank, $1) }) {
      texts[index] = Self.text(of: pieces[index], byteLimit: room)
      room -= texts[index].utf8.count
    }
    return texts.joined()
  }

  private static func text(of piece: Piece, byteLimit: Int) -> String {
    let fixed = piece.opening.utf8.count + piece.closing.utf8.count + 1
    let sizes = piece.lines.map { $0.utf8.count + 1 }
    var count = piece.lines.count
    var size = fixed + sizes.reduce(0, +)
    while count > 0, size + note(leftOut: piece.lines.count - count).utf8.count > byteLimit {
      count -= 1
      size -= sizes[count]
    }
    guard count > 0 else { return "" }
    let lines = piece.lines.prefix(count).map { $0 + "\n" }.joined()
    return piece.opening + lines + note(leftOut: piece.lines.count - count) + piece.closing + "\n"
  }

  private static func note(leftOut count: Int) -> String {
    count == 0 ? "" : "\n\(count) more left out for their size.\n"
  }
}
