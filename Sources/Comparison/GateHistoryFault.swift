// SPDX-License-Identifier: MIT

/// Why sessions of a stored baseline cannot be used.
public enum GateHistoryFault: Error, Equatable, Sendable {
  /// The file is of another version of acebench.
  case otherVersion(Int)
  /// A session without an identifier; sessions are counted from 1.
  case namelessSession(place: Int)
  /// Two sessions with the same identifier: it would count twice.
  case repeatedSession(String)
  case emptySession(String)
  /// Numbers that are none, or an estimate that is not the one of its rounds.
  case unsoundFigure(session: String, title: String, metric: GateMetric)
  case repeatedFigure(session: String, title: String, metric: GateMetric)

  /// One sentence for people, without a full stop.
  public var words: String {
    switch self {
    case .otherVersion(let found):
      "it has schema version \(found), and this acebench reads \(GateHistory.currentSchemaVersion)"
    case .namelessSession(let place): "session number \(place) has no identifier"
    case .repeatedSession(let identifier): "it has session \(identifier) twice"
    case .emptySession(let identifier): "session \(identifier) has no figures"
    case .unsoundFigure(let session, let title, let metric):
      "session \(session): the \(metric.rawValue) of \(title) is not what its rounds come to"
    case .repeatedFigure(let session, let title, let metric):
      "session \(session) has the \(metric.rawValue) of \(title) twice"
    }
  }
}
