// SPDX-License-Identifier: MIT

/// A way to set ACE: whatever it does not name stays as it is by default.
public struct TuningCandidate: Hashable, Sendable {
  /// In the order in which a file has them, each name once.
  public let settings: [TuningSetting]

  /// The defaults.
  public static let initial = TuningCandidate([])

  /// - Parameter settings: In any order; of those with the same name the last holds.
  public init(_ settings: [TuningSetting]) {
    let values = Dictionary(settings.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    self.settings = values.map { TuningSetting($0.key, $0.value) }.sorted(by: TuningSetting.isBefore)
  }

  public var isInitial: Bool { settings.isEmpty }

  /// As rows name it: `name=value;…`.
  public var switches: String { settings.map { "\($0.name)=\($0.value)" }.joined(separator: ";") }

  /// How many settings somebody would have to answer for. What the engine aims at comes with the engine.
  var decisionCount: Int { settings.count { $0.name != "goal" } }
}
