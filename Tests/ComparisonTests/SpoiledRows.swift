// SPDX-License-Identifier: MIT

import Comparison
import Results
import Testing

/// Something that can be wrong with the rows of a gate, and what has to be said of it.
///
/// Rows come in rounds of four: base and head of cell a, base and head of cell b. The first has number 2.
struct SpoiledRows: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var verdict: GateVerdict
  /// Part of the reason.
  var words: String
  var spoil: @Sendable (inout GateRows) -> Void

  static let all = [
    SpoiledRows(testDescription: "no rows", verdict: .error, words: "there are no rows") { $0.samples = [] },
    SpoiledRows(
      testDescription: "a failed run", verdict: .error, words: "row 7: head failed on a: crash, signal 11"
    ) { $0.samples[5].outcome = Outcome(.crash, signal: 11) },
    SpoiledRows(
      testDescription: "killed mid-round", verdict: .error,
      words: "row 4: round 1 of b (time pass) has no finished run of head"
    ) { $0.samples.remove(at: 3) },
    SpoiledRows(testDescription: "one arm only", verdict: .error, words: "no row is of head") {
      $0.samples.removeAll { $0.arm.allocator == "head" }
    },
    SpoiledRows(testDescription: "a cell is missing", verdict: .error, words: "b has no complete round") {
      $0.samples.removeAll { $0.cell.identifier == "b" }
    },
    SpoiledRows(testDescription: "rows of a sweep", verdict: .error, words: "rows 6, 7: no stage of a gate") {
      for index in 4...5 { $0.samples[index].stage = nil }
    },
    SpoiledRows(testDescription: "an unknown stage", verdict: .error, words: "rows 6, 7: no stage of a gate") {
      for index in 4...5 { $0.samples[index].stage = 3 }
    },
    SpoiledRows(testDescription: "a foreign arm", verdict: .error, words: "row 6: 'other' is no arm of a gate") {
      $0.samples[4].arm.allocator = "other"
    },
    SpoiledRows(
      testDescription: "a foreign cell", verdict: .error, words: "row 6: the settings of the gate have no cell"
    ) { $0.samples[4].cell.identifier = "other" },
    SpoiledRows(testDescription: "a foreign pass", verdict: .error, words: "row 6") { $0.samples[4].pass = .memory },
    SpoiledRows(testDescription: "mixed environments", verdict: .invalid, words: "environment other in rows 6 to 9") {
      for index in 4...7 { $0.samples[index].environment.identifier = "other" }
    },
    SpoiledRows(testDescription: "mixed sessions", verdict: .invalid, words: "session other in rows 6 to 9") {
      for index in 4...7 { $0.samples[index].sessionIdentifier = "other" }
    },
    SpoiledRows(
      testDescription: "mixed files", verdict: .invalid,
      words: "the file of head changed in between"
    ) { $0.samples[7].library.sha256 = "other" },
    SpoiledRows(testDescription: "a missing figure", verdict: .error, words: "row 7: no usable throughput_ops_per_s") {
      $0.samples[5].metrics = MetricValues()
    },
    SpoiledRows(testDescription: "a figure of zero", verdict: .error, words: "row 7: no usable throughput_ops_per_s") {
      $0.samples[5].metrics[.throughput] = .real(0)
    },
    SpoiledRows(
      testDescription: "a run again after its round", verdict: .error, words: "row 8: the same arm has run"
    ) { $0.samples.insert($0.samples[5], at: 6) },
    SpoiledRows(testDescription: "a run again within its round", verdict: .error, words: "row 7: the same arm has run")
    {
      $0.samples.insert($0.samples[4], at: 5)
    },
    SpoiledRows(
      testDescription: "an expired ignore", verdict: .invalid, words: "a was ignored until 2026-01-01 (known)"
    ) { $0.settings.cells[0].ignore = GateIgnore(reason: "known", until: "2026-01-01") },
    SpoiledRows(testDescription: "all cells ignored", verdict: .error, words: "no cell counts") {
      for index in 0...1 { $0.settings.cells[index].ignore = GateIgnore(reason: "known", until: "2099-01-01") }
    },
  ]
}
