// SPDX-License-Identifier: MIT

/// A setting of ACE, by the words that `ACE_POLICY` and a file of settings know.
public struct TuningSetting: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The place among others: a profile sets many things and the engine, so that both come before what departs from them.
  static let leadingNames = ["profile", "engine", "goal"]

  static func isBefore(_ first: Self, _ second: Self) -> Bool {
    let ranks = [first, second].map { leadingNames.firstIndex(of: $0.name) ?? leadingNames.count }
    return ranks[0] == ranks[1] ? first.name < second.name : ranks[0] < ranks[1]
  }
}
