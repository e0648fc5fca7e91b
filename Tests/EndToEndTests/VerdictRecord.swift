// SPDX-License-Identifier: MIT

import FoundationEssentials

/// What `verdict.json` says, as somebody else's program would read it.
struct VerdictRecord: Decodable {
  struct Finding: Decodable {
    var cellIdentifier: String?
    var title: String
    var metric: String
    var verdict: String
    var stage: Int
    var roundCount: Int
    var ratio: Double?
    var adjustedProbability: Double?
    var ignoreReason: String?
  }

  var schemaVersion: Int
  var verdict: String
  var exitCode: Int32
  var summary: String
  var reasons: [String]
  var warnings: [String]
  var findings: [Finding]
  var suites: [Finding]

  init(_ sandbox: Sandbox, _ folder: String) throws {
    self = try JSONDecoder().decode(
      VerdictRecord.self, from: Data(TextFile.bytes(sandbox.path(folder + "/verdict.json"))))
  }
}
