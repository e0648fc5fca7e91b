// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

/// Rows of a gate that were damaged: they are never a pass, never a loss, and the message says where.
@Suite struct GateFaultTests {
  struct Damage {
    var name: String
    var status: Int32
    /// Part of what is written, to either stream.
    var words: String
    var change: (Sandbox, _ folder: String) throws -> Void
  }

  /// Changes the text of a folder's rows.
  private static func text(_ change: @escaping ([String]) -> String) -> (Sandbox, String) throws -> Void {
    { sandbox, folder in
      let path = folder + "/samples.csv"
      sandbox.write(path, change(sandbox.read(path).split(separator: "\n").map { String($0) + "\n" }))
    }
  }

  /// Changes rows; they are numbered as messages do, the header being 1.
  private static func rows(_ change: @escaping (inout Sample, _ row: Int) -> Void) -> (Sandbox, String) throws -> Void {
    { sandbox, folder in
      let path = folder + "/samples.csv"
      rename(sandbox.path(path), sandbox.path("whole.csv"))
      try CompareTests.copy("whole.csv", to: path, in: sandbox, change)
    }
  }

  private static func settings(_ old: String, _ new: String) -> (Sandbox, String) throws -> Void {
    { sandbox, folder in
      let text = sandbox.read(folder + "/gate.json")
      #expect(text.contains(old))
      sandbox.write(folder + "/gate.json", text.replacing(old, with: new))
    }
  }

  /// Numbers in the settings by which anything could be made to pass or to fail.
  private static func numbers(_ old: String, _ new: String) -> Damage {
    Damage(
      name: new, status: 64,
      words: "damaged/gate.json does not say what the rows are to be judged by: ",
      change: settings(old, new))
  }

  /// A field of a row, by the name of its column.
  private static func field(_ column: String, of row: Int, _ new: String) -> (Sandbox, String) throws -> Void {
    text { lines in
      var lines = lines
      let names = lines[0].dropLast().split(separator: ",", omittingEmptySubsequences: false)
      // Identifiers of cells have commas, and are quoted.
      var fields: [String] = [""]
      var isQuoted = false
      for character in lines[row - 1].dropLast() {
        if character == "\"" { isQuoted.toggle() }
        if character == ",", !isQuoted { fields.append("") } else { fields[fields.count - 1].append(character) }
      }
      fields[names.firstIndex { $0 == column } ?? 0] = new
      lines[row - 1] = fields.joined(separator: ",") + "\n"
      return lines.joined()
    }
  }

  static var damages: [Damage] {
    [
      Damage(name: "an empty file", status: 70, words: "there are no rows", change: text { _ in "" }),
      Damage(name: "a header alone", status: 70, words: "there are no rows", change: text { $0[0] }),
      Damage(
        name: "a missing column", status: 64, words: "samples.csv lacks the columns round",
        change: text { lines in
          lines[0].replacing(",round,", with: ",lap,") + lines.dropFirst().joined()
        }),
      Damage(
        name: "rows of another version", status: 64,
        words: "row 3 of damaged/samples.csv cannot be used: it has schema version '2'",
        change: field("schema_version", of: 3, "2")),
      Damage(
        name: "an arm alone", status: 70, words: "no row is of head: there is nothing to compare",
        change: { sandbox, folder in
          let path = folder + "/samples.csv"
          let file = try SampleFile(path: sandbox.path("base.csv"))
          for sample in try sandbox.samples(path) where sample.arm.allocator == "base" { try file.append(sample) }
          sandbox.write(path, sandbox.read("base.csv"))
        }),
      Damage(
        name: "a round killed in its middle", status: 70, words: " (time pass) has no finished run of ",
        change: text { $0.dropLast().joined() }),
      Damage(
        name: "a row missing inside", status: 70, words: "round 2 of ",
        change: text { lines in lines[..<6].joined() + lines[7...].joined() }),
      Damage(
        name: "a last line torn off", status: 70, words: " has no finished run of ",
        change: text { String($0.joined().dropLast(40)) }),
      Damage(
        name: "no number", status: 64,
        words: "row 5 of damaged/samples.csv cannot be used: 'nan' is no value of throughput",
        change: field("throughput_ops_per_s", of: 5, "nan")),
      Damage(
        name: "infinity", status: 64,
        words: "row 5 of damaged/samples.csv cannot be used: 'inf' is no value of throughput",
        change: field("throughput_ops_per_s", of: 5, "inf")),
      Damage(
        name: "a figure missing", status: 70, words: "row 5: no usable throughput_ops_per_s",
        change: field("throughput_ops_per_s", of: 5, "")),
      Damage(
        name: "a speed of zero", status: 70, words: "row 5: no usable throughput_ops_per_s",
        change: field("throughput_ops_per_s", of: 5, "0")),
      Damage(
        name: "a speed below zero", status: 70, words: "row 5: no usable throughput_ops_per_s",
        change: field("throughput_ops_per_s", of: 5, "-1e6")),
      Damage(
        name: "two machines", status: 12, words: "the machine changed in between: environment ",
        change: rows { sample, row in if row > 13 { sample.environment.identifier = "ffffffffffff" } }),
      Damage(
        name: "two sessions", status: 12, words: "there is more than one session: session ",
        change: rows { sample, row in if row > 13 { sample.sessionIdentifier = "later" } }),
      Damage(
        name: "a library that was built anew meanwhile", status: 12,
        words: "the file of head changed in between: SHA-256 ",
        change: rows { sample, row in if row > 13, sample.arm.allocator == "head" { sample.library.sha256 = "other" } }),
      Damage(
        name: "rows twice", status: 70, words: "the same arm has run in the same round before",
        change: text { $0.joined() + $0[1...].joined() }),
      Damage(
        name: "rows without a stage", status: 70, words: "rows 2 to 9: no stage of a gate, as in a sweep",
        change: rows { sample, row in if row < 10 { sample.stage = nil } }),
      Damage(
        name: "a stage that there is not", status: 70, words: "row 4: no stage of a gate",
        change: rows { sample, row in if row == 4 { sample.stage = 3 } }),
      Damage(
        name: "an arm of something else", status: 70, words: "row 4: 'mimalloc' is no arm of a gate",
        change: rows { sample, row in if row == 4 { sample.arm.allocator = "mimalloc" } }),
      Damage(
        name: "a crash that was not run again", status: 70, words: "row 6: ",
        change: rows { sample, row in if row == 6 { sample.outcome = Outcome(.crash, signal: 11) } }),
      Damage(
        name: "settings that are no JSON", status: 64,
        words: "damaged/gate.json does not say what the rows are to be judged by: ",
        change: { sandbox, folder in sandbox.write(folder + "/gate.json", "{ \"cells\": [") }),
      Damage(
        name: "settings that lack something", status: 64,
        words: "damaged/gate.json does not say what the rows are to be judged by: ",
        change: settings("\"significance\"", "\"meaning\"")),
      Damage(
        name: "settings of other cells", status: 70, words: "the settings of the gate have no cell 'random-mixed(",
        change: settings("\"identifier\" : \"random-mixed(", "\"identifier\" : \"fragment(")),
      numbers("\"detect\" : 0.05", "\"detect\" : 1"), numbers("\"tolerate\" : 0.02", "\"tolerate\" : NaN"),
      numbers("\"significance\" : 0.05", "\"significance\" : 7"), numbers("\"step\" : 2", "\"step\" : 0"),
      numbers("\"minimum\" : 12", "\"minimum\" : 1"),
      Damage(
        name: "settings without cells", status: 70, words: "no cell counts: all are ignored, or there is none",
        change: { sandbox, folder in
          let text = sandbox.read(folder + "/gate.json")
          let begin = try #require(text.firstRange(of: "\"cells\" : ["))
          let end = try #require(text[begin.upperBound...].firstRange(of: "\n  ]"))
          sandbox.write(folder + "/gate.json", String(text[..<begin.upperBound] + text[end.lowerBound...]))
        }),
      Damage(
        name: "an ignored cell whose day had passed", status: 12,
        words: "was ignored until 2020-02-29 (being rewritten), and the day has passed",
        change: settings(
          "\"identifier\" : \"tiny-hot(",
          "\"ignore\" : { \"reason\": \"being rewritten\", \"until\": \"2020-02-29\" }, \"identifier\" : \"tiny-hot(")),
      Damage(
        name: "bytes that are no rows", status: 64, words: "row 1 of damaged/samples.csv cannot be used: it is not CSV",
        change: { sandbox, folder in
          TextFile.write(sandbox.path(folder + "/samples.csv"), (0..<4000).map { UInt8($0 * 7 % 251) })
        }),
    ]
  }

  @Test("damaged rows end with a message and neither 0 nor 10")
  func damaged() throws {
    let sandbox = Sandbox()
    #expect(SmallGate.regressed(sandbox).status == 10)
    // Of the same processes one gate that surely passes and one that surely fails, so that either could come out.
    for headSpeed in [1, 0.25] {
      for damage in Self.damages {
        try SmallGate.rewrite("damaged", in: sandbox, headSpeed: headSpeed)
        try damage.change(sandbox, "damaged")
        let ending = sandbox.run("gate", "--from", "damaged", "-q")
        #expect(ending.status == damage.status, "\(damage.name): \(ending)")
        #expect((ending.output + ending.errors).contains(damage.words), "\(damage.name): \(ending)")
        if damage.status == 64 {
          #expect(ending.errors.hasPrefix("error: ") && ending.output == "", "\(damage.name)")
        } else {
          let verdict = damage.status == 12 ? "INVALID" : "ERROR"
          #expect(ending.output.hasPrefix(verdict + ": "), "\(damage.name): \(ending.output)")
          #expect(ending.output.contains("\nacebench-gate verdict=\(verdict) exit=\(damage.status) "))
        }
        for name in ["base.csv", "whole.csv"] { unlink(sandbox.path(name)) }
      }
      try SmallGate.rewrite("sound", in: sandbox, headSpeed: headSpeed)
      let sound = sandbox.run("gate", "--from", "sound", "-q")
      #expect(sound.status == (headSpeed == 1 ? 0 : 10), "\(sound)")
    }
  }

  @Test("a crash that was run again is none")
  func attempts() throws {
    let sandbox = Sandbox()
    #expect(SmallGate.regressed(sandbox).status == 10)
    try SmallGate.rewrite("whole", in: sandbox)
    let samples = try sandbox.samples("whole/samples.csv")
    let first = samples[0]
    let file = try SampleFile(path: sandbox.path("again.csv"))
    let round = samples.filter { $0.cell == first.cell && $0.round == first.round }
    for var failed in round {
      if failed.arm.allocator == "head" { failed.outcome = Outcome(.crash, signal: 11) }
      try file.append(failed)
    }
    for var sample in samples {
      if round.contains(sample) { sample.attempt = 2 }
      try file.append(sample)
    }
    sandbox.write("whole/samples.csv", sandbox.read("again.csv"))
    let ending = sandbox.run("gate", "--from", "whole", "-q")
    #expect(ending.status == 0, "\(ending)")
  }

  @Test("rows of a sweep are none of a gate")
  func sweep() {
    let sandbox = CompareTests.sweeps("one")
    let ending = sandbox.run("gate", "--from", "one", "-q")
    #expect(ending.status == 70)
    #expect(ending.output.contains("rows 2 to 49: no stage of a gate, as in a sweep"))
    let missing = sandbox.run("gate", "--from", "nowhere")
    #expect(missing.status == 69)
    #expect(missing.errors == "error: nowhere: No such file or directory (open)\n")
    mkdir(sandbox.path("empty"), 0o755)
    let empty = sandbox.run("gate", "--from", "empty/")
    #expect(empty.status == 69)
    #expect(empty.errors == "error: empty/samples.csv: No such file or directory (open)\n")
  }
}
