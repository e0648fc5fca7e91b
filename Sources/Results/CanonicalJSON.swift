// SPDX-License-Identifier: MIT

import FoundationEssentials

/// JSON that is the same bytes for the same values: keys sorted, no white space, what is nil left out.
enum CanonicalJSON {
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }
}
