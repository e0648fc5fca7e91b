// SPDX-License-Identifier: MIT

/// What two sessions must have in common before their figures may be compared.
public struct GateIdentity: Codable, Hashable, Sendable {
  /// The machine: the identifier of its hard facts.
  public var environmentIdentifier: String
  /// The SHA-256 of the program that measures.
  public var workerSHA256: String
  /// What was run, whatever it was run on.
  public var workloadHash: String
  /// The SHA-256 of the library that both sessions hold their head against.
  public var referenceSHA256: String

  public init(environmentIdentifier: String, workerSHA256: String, workloadHash: String, referenceSHA256: String) {
    self.environmentIdentifier = environmentIdentifier
    self.workerSHA256 = workerSHA256
    self.workloadHash = workloadHash
    self.referenceSHA256 = referenceSHA256
  }

  /// Nil for settings of a gate that had no eye on stored sessions.
  ///
  /// - Parameter facts: Of the session's rows: they know the machine, and the library of the base, the reference.
  public init?(_ facts: GateFacts, _ settings: GateSettings) {
    guard let workerSHA256 = settings.workerSHA256, let workloadHash = settings.workloadHash else { return nil }
    self.init(
      environmentIdentifier: facts.environmentIdentifier, workerSHA256: workerSHA256, workloadHash: workloadHash,
      referenceSHA256: facts.baseSHA256)
  }

  /// Its fields, for telling which of them differ.
  public enum Field: CaseIterable, Sendable {
    case environment, worker, workload, reference
  }

  func value(of field: Field) -> String {
    switch field {
    case .environment: environmentIdentifier
    case .worker: workerSHA256
    case .workload: workloadHash
    case .reference: referenceSHA256
    }
  }
}
