// SPDX-License-Identifier: MIT

/// What a gate as a whole has to say.
public enum GateVerdict: String, Codable, Sendable {
  /// No loss that counts, and none that could be hidden in the noise.
  case pass = "PASS"
  /// A loss of more than is tolerated, beyond doubt.
  case regress = "REGRESS"
  /// Neither can be said.
  case inconclusive = "INCONCLUSIVE"
  /// The comparison means nothing: a control failed, or the machine changed in between.
  case invalid = "INVALID"
  /// Something could not be measured.
  case error = "ERROR"

  /// The exit code of `acebench gate`. 1 and 2 are left to shells, make and crashes.
  public var exitCode: Int32 {
    switch self {
    case .pass: 0
    case .regress: 10
    case .inconclusive: 11
    case .invalid: 12
    case .error: 70
    }
  }

  /// The verdict of several: what cannot be trusted comes before what was found.
  public static func combined(_ verdicts: some Sequence<GateVerdict>) -> GateVerdict {
    verdicts.max { $0.precedence < $1.precedence } ?? .error
  }

  private var precedence: Int {
    switch self {
    case .pass: 0
    case .inconclusive: 1
    case .regress: 2
    case .invalid: 3
    case .error: 4
    }
  }
}
