// SPDX-License-Identifier: MIT

/// A session of a gate as a baseline keeps it: what it was measured with, and a figure for each cell and metric.
public struct GateSession: Codable, Equatable, Sendable {
  public var identifier: String
  /// When its first process began, ISO 8601 in UTC.
  public var began: String
  /// Sessions of another identity are not compared with it.
  public var identity: GateIdentity
  /// For people, as are the next three: which file it was that is compared from session to session.
  public var headSHA256: String
  public var processorModel: String
  public var harnessVersion: String
  public var harnessCommit: String
  /// Cells in their order, metrics in theirs.
  public var figures: [GateSessionFigure]

  public init(
    identifier: String, began: String, identity: GateIdentity, headSHA256: String = "", processorModel: String = "",
    harnessVersion: String = "", harnessCommit: String = "", figures: [GateSessionFigure]
  ) {
    self.identifier = identifier
    self.began = began
    self.identity = identity
    self.headSHA256 = headSHA256
    self.processorModel = processorModel
    self.harnessVersion = harnessVersion
    self.harnessCommit = harnessCommit
    self.figures = figures
  }

  func figure(_ metric: GateMetric, of cellIdentifier: String) -> GateSessionFigure? {
    figures.first { $0.metric == metric && $0.cellIdentifier == cellIdentifier }
  }
}
