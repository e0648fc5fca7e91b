// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@Suite("A worker measures ACE only as it was asked to be set")
struct ACESettingTests {
  private let ace = Products.path("libace.so")
  private static let variables = ["ACE_POLICY=refill-one=on,warm-superslabs=7", "ACE_ENGINE=off"]
  private static let passes = ["time", "memory", "latency", "check"]

  private func run(_ settings: String, _ environment: [String], pass: String, library: String? = nil) throws
    -> WorkerRun
  {
    try WorkerRun(
      try ReplayProgram.batches(10),
      ["--library", library ?? ace, "--ace", "--pass", pass, "--settings", settings], environment: environment)
  }

  @Test("what it tells to be set as asked is measured, in every pass", arguments: passes)
  func taken(pass: String) throws {
    let run = try run("refill-one=1,warm-superslabs=7,engine=0", Self.variables, pass: pass)
    #expect(run.ending.exitCode == 0, "\(run.reply.text("detail") ?? "no failure told")")
    #expect(run.count("elapsed_ns") != nil)
  }

  @Test(
    "what is set otherwise is told, and nothing is measured", arguments: passes,
    [
      ("refill-one=0", "refill-one is 1 and not 0"), ("warm-superslabs=8", "warm-superslabs is 7 and not 8"),
      ("refill-one=1,engine=2", "engine is 0 and not 2"), ("foo=1", "foo is no setting of this library"),
    ])
  func otherwise(pass: String, wrong: (settings: String, detail: String)) throws {
    let run = try run(wrong.settings, Self.variables, pass: pass)
    #expect(run.ending.exitCode == 69)
    #expect(run.reply.text("failure") == "setting")
    #expect(run.reply.text("detail") == wrong.detail)
    #expect(run.count("elapsed_ns") == nil)
  }

  @Test("a library that tells of no settings has none", arguments: passes)
  func older(pass: String) throws {
    let library = try TestLibrary("telling", options: ["-DOLDER"])
    for setting in ["refill-one", "engine"] {
      let run = try run("\(setting)=1", [], pass: pass, library: library.path)
      #expect(run.reply.text("detail") == "\(setting) is no setting of this library")
    }
  }

  @Test("settings that are none are refused", arguments: ["refill-one", "refill-one=on", "=", "a=1,b=-1"])
  func malformed(settings: String) throws {
    let run = try run(settings, [], pass: "time")
    #expect(run.ending.exitCode == 64)
    #expect(run.reply.text("failure") == "usage")
  }

  @Test("a probe tells what can be set, and refuses what is not so")
  func probe() throws {
    let probe = try WorkerRun(["--library", ace, "--ace", "--probe"], environment: Self.variables)
    #expect(probe.ending.exitCode == 0)
    let values = Dictionary(uniqueKeysWithValues: probe.reply.knobs.map { ($0.name, $0.value) })
    #expect(values["refill-one"] == 1)
    #expect(values["warm-superslabs"] == 7)
    #expect(probe.reply.knobs.contains { $0.name == "purge-delay-ms" && $0.unit == "milliseconds" })
    let refused = try WorkerRun(
      ["--library", ace, "--ace", "--probe", "--settings", "refill-one=0"], environment: Self.variables)
    #expect(refused.ending.exitCode == 69)
    #expect(refused.reply.text("detail") == "refill-one is 1 and not 0")
  }
}
