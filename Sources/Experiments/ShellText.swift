// SPDX-License-Identifier: MIT

/// Commands as a shell takes them.
public enum ShellText {
  private static let plainBytes = Set("%+,-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz".utf8)

  /// The words with spaces between, those in quotes that a shell would otherwise read differently.
  public static func command(_ words: [String]) -> String { words.map(word).joined(separator: " ") }

  /// The word itself, or in single quotes when it holds anything that may mean something to a shell.
  private static func word(_ text: String) -> String {
    if !text.isEmpty, text.utf8.allSatisfy(plainBytes.contains) { return text }
    return "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// A variable that is set for one command: the quotes, if any, are around the value.
  public static func assignment(_ entry: String) -> String {
    let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? "\(parts[0])=\(word(String(parts[1])))" : word(entry)
  }
}
