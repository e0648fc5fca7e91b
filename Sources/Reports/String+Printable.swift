// SPDX-License-Identifier: MIT

extension String {
  /// The text on one line and without what commands a terminal: a title may come from a stranger's file.
  var printable: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: text.unicodeScalars.append(" ")
      case .format where scalar.value != 0x200d: break  // the joiner is part of emoji, the rest turns text around
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text in no more columns of a terminal; what is left out is the middle, for what tells cells apart is often at
  /// the end.
  func clipped(to width: Int) -> String {
    guard displayWidth > width, width > 1 else { return self }
    let tail = Self.taken(reversed(), width: (width - 1) / 3)
    return String(Self.taken(self, width: width - 1 - (width - 1) / 3)) + "…" + String(tail.reversed())
  }

  private static func taken(_ characters: some Sequence<Character>, width: Int) -> [Character] {
    var room = width
    return Array(
      characters.prefix { character in
        room -= String(character).displayWidth
        return room >= 0
      })
  }
}
