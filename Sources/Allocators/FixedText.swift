// SPDX-License-Identifier: MIT

/// Arrays of `char` of C structs, which Swift sees as tuples.
enum FixedText {
  /// The text up to its zero byte, or to the array's end.
  static func string<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
