// SPDX-License-Identifier: MIT

import ArgumentParser

/// A size as people write it: `64MiB`, `4KiB`, `512`.
struct ByteCount: ExpressibleByArgument {
  private static let units: [(suffix: String, shift: Int)] = [
    ("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40), ("B", 0),
  ]

  let count: Int

  init?(argument: String) {
    let unit = Self.units.first { argument.hasSuffix($0.suffix) }
    guard let number = Int(argument.dropLast(unit?.suffix.count ?? 0)), number >= 0,
      number <= Int.max >> (unit?.shift ?? 0)
    else { return nil }
    count = number << (unit?.shift ?? 0)
  }
}
