// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials

/// The content of `verdict.json`: the report with what the program ended with, all at the top level, the same bytes for
/// the same report.
public struct GateVerdictJSON: Codable, Equatable, Sendable {
  public var report: GateReport
  /// What the program ends with, which may have been told to make less of the verdict.
  public var exitCode: Int32
  /// The last line of standard output.
  public var summary: String

  private enum CodingKeys: CodingKey {
    case exitCode
    case summary
  }

  public init(_ report: GateReport, exitCode: Int32) {
    self.report = report
    self.exitCode = exitCode
    summary = report.summaryLine(exitCode: exitCode)
  }

  public init(from decoder: any Decoder) throws {
    report = try GateReport(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    exitCode = try container.decode(Int32.self, forKey: .exitCode)
    summary = try container.decode(String.self, forKey: .summary)
  }

  public func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(exitCode, forKey: .exitCode)
    try container.encode(summary, forKey: .summary)
  }

  /// UTF-8, keys sorted, ended by a line break. Throws `EncodingError` for a number that is not finite: JSON has none.
  public func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
