// SPDX-License-Identifier: MIT

/// The sessions of a stored baseline.
public struct GateHistory: Codable, Equatable, Sendable {
  public static let currentSchemaVersion = 1
  /// So many sessions of an identity are kept; the latest. A prediction from 30 is as good as from any number: its
  /// interval is a twentieth wider than if all were known. Those of other identities stay: machines may share a file.
  public static let sessionLimit = 30

  public let schemaVersion: Int
  /// As they were added.
  public private(set) var sessions: [GateSession]

  /// Without sessions.
  public init() {
    schemaVersion = Self.currentSchemaVersion
    sessions = []
  }

  /// Refuses what must not be judged by.
  ///
  /// - Throws: `GateHistoryFault`, or `DecodingError` where it has another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    schemaVersion = try values.decode(Int.self, forKey: .schemaVersion)
    // Another version may have anything in it.
    guard schemaVersion == Self.currentSchemaVersion else { throw GateHistoryFault.otherVersion(schemaVersion) }
    sessions = []
    for session in try values.decode([GateSession].self, forKey: .sessions) { try add(session) }
  }

  /// Adds a session behind the others, and lets go of the oldest of its identity where there are too many.
  public mutating func append(_ session: GateSession) throws(GateHistoryFault) {
    try add(session)
    let kept = Set(latest(session.identity).map(\.identifier))
    sessions.removeAll { $0.identity == session.identity && !kept.contains($0.identifier) }
  }

  /// The sessions that one of this identity may be held against, the latest of them.
  ///
  /// - Parameter excluded: The session in question, which may be among them when it is judged again.
  func sessions(comparableTo identity: GateIdentity, without excluded: String) -> [GateSession] {
    latest(identity).filter { $0.identifier != excluded }
  }

  /// For each field in which sessions are of another identity, how many.
  func mismatches(_ identity: GateIdentity) -> [HistoryMismatch] {
    GateIdentity.Field.allCases.compactMap { field in
      let count = sessions.count { $0.identity.value(of: field) != identity.value(of: field) }
      return count == 0 ? nil : HistoryMismatch(field: field, sessionCount: count)
    }
  }

  private func latest(_ identity: GateIdentity) -> [GateSession] {
    // Files that were merged have sessions in any order; times of this form sort as texts.
    let same = sessions.filter { $0.identity == identity }
    return same.sorted { ($0.began, $0.identifier) < ($1.began, $1.identifier) }.suffix(Self.sessionLimit)
  }

  private mutating func add(_ session: GateSession) throws(GateHistoryFault) {
    let identifier = session.identifier
    guard !identifier.isEmpty else { throw .namelessSession(place: sessions.count + 1) }
    guard !sessions.contains(where: { $0.identifier == identifier }) else { throw .repeatedSession(identifier) }
    guard !session.figures.isEmpty else { throw .emptySession(identifier) }
    var places: [String: Set<GateMetric>] = [:]
    for figure in session.figures {
      guard figure.isSound else {
        throw .unsoundFigure(session: identifier, title: figure.title, metric: figure.metric)
      }
      guard places[figure.cellIdentifier, default: []].insert(figure.metric).inserted else {
        throw .repeatedFigure(session: identifier, title: figure.title, metric: figure.metric)
      }
    }
    sessions.append(session)
  }
}
