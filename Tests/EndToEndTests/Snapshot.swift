// SPDX-License-Identifier: MIT

import Glibc
import Testing

/// Texts that are known and in git. With `ACEBENCH_RECORD_SNAPSHOTS=1` they are written instead of compared.
enum Snapshot {
  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let path = "\(Sandbox.sources)/Tests/EndToEndTests/Snapshots/\(name).txt"
    if getenv("ACEBENCH_RECORD_SNAPSHOTS") != nil { TextFile.write(path, Array(text.utf8)) }
    #expect(text == TextFile.read(path), "differs from \(path)", sourceLocation: sourceLocation)
  }

  /// The text with every run of digits as `#`, so that what is measured does not matter.
  static func withoutNumbers(_ text: String) -> String {
    var result = ""
    for character in text {
      if !character.isASCII || !character.isNumber {
        result.append(character)
      } else if result.last != "#" {
        result.append("#")
      }
    }
    return result
  }
}
