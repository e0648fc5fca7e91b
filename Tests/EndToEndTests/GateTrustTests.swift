// SPDX-License-Identifier: MIT

import Glibc
import Results
import TestSupport
import Testing

/// What tells whether a gate can be believed: self-test and calibration.
@Suite struct GateTrustTests {
  @Test("a self-test has a row for each gate, and the gate itself")
  func selfTest() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox)
    let ending = sandbox.run(
      "gate", "self-test", "--allocator", Compiled.allocator(), "--gates", "1", "--slowdown", "9", "--config",
      "gate.json5", "-o", "trust", "-f", "json")
    // Of one gate nothing can be said for certain: the machine may do what it likes to the first kind.
    #expect(ending.status == 0 || ending.status == 12, "\(ending)")
    let kinds = try JSONRecord.all(ending.output)
    #expect(kinds.map { $0.text("head") } == ["the same", "takes 900 % longer"])
    #expect(kinds.map { $0.number("gates") } == [1, 1])
    #expect(kinds.last?.number("REGRESS") == 1)
    #expect(kinds.allSatisfy { $0.number("ERROR") == 0 })
    let rows = sandbox.read("trust/gates.csv").split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows[0].hasPrefix("slowdown_ratio,seed,verdict,"))
    #expect(rows[2].hasPrefix("9.0,7,REGRESS,"))
    #expect(sandbox.names(in: "trust") == ["gates.csv", "same-1", "slower-9.0-1"])
    #expect(sandbox.run("gate", "--from", "trust/slower-9.0-1", "-q").status == 10)
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
  }

  @Test("a self-test of what cannot be measured is an error, and no verdict on the machine")
  func faultySelfTest() {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox)
    let ending = sandbox.run(
      "gate", "self-test", "--allocator", Compiled.allocator("CRASHES"), "--gates", "1", "--slowdown", "9", "--config",
      "gate.json5", "-o", "trust", "-q")
    #expect(ending.status == 70)
    #expect(ending.errors.contains("error: 2 of 2 gates could not be measured\n"))
    for (arguments, message) in [
      (["--gates", "0"], "--gates cannot be 0"), (["--slowdown", "nan"], "--slowdown cannot be nan"),
      (["--slowdown", "0"], "--slowdown cannot be 0.0"), (["--allocator", "jimalloc"], "no allocator is called "),
    ] {
      let refused = sandbox.start(["gate", "self-test"] + arguments).wait()
      #expect(refused.status == 64)
      #expect(refused.errors.hasPrefix("error: \(message)"), "\(refused.errors)")
    }
  }

  @Test("on simulated machines the rule does what is asked of it")
  func simulated() throws {
    let ending = Sandbox().run("gate", "self-test", "--simulated", "-q", "-f", "json")
    #expect(ending.status == 0, "\(ending)")
    let records = try JSONRecord.all(ending.output)
    #expect(records.count >= 8)
    for record in records {
      #expect(record.text("simulated") != nil && record.names.contains("count") && record.names.contains("asked"))
      #expect(record.flag("held") == true, "\(record)")
    }
  }

  @Test("builds are held against one another, pair by pair")
  func calibration() throws {
    let sandbox = Sandbox()
    var builds: [String] = []
    for number in 1...5 {
      builds.append("build-\(number).so")
      TextFile.write(sandbox.path("build-\(number).so"), TextFile.bytes(Compiled.allocator()))
    }
    let cells = ["-w", "random-mixed:20000,50", "-w", "tiny-hot:64,100,200"]
    let few = sandbox.start(["gate", "calibrate"] + builds.dropLast().map { "./\($0)" } + cells).wait()
    #expect(few.status == 64)
    #expect(few.errors.hasPrefix("error: calibrating takes 5 builds or more, not 4\nhelp: scripts/build-variants.sh "))
    #expect(!sandbox.exists("results"))

    let ending = sandbox.start(
      ["gate", "calibrate", "-n", "6", "-o", "rows"] + builds.map { "./\($0)" } + cells
    ).wait()
    #expect(ending.status == 0, "\(ending)")
    let lines = ending.output.split(separator: "\n")
    #expect(lines.count == 1 + 2 + 1)
    #expect(lines[1].hasPrefix("random-mixed(") && lines[1].contains("  10  "))
    #expect(lines[2].hasPrefix("tiny-hot("))
    #expect(Snapshot.withoutNumbers(String(lines[3])) == "tolerate #.# % covers # % of the distances")
    #expect(ending.errors.hasSuffix("note: rows are in rows; next: set tolerate in the gate's file\n"))
    #expect(try sandbox.samples("rows/samples.csv").count == 2 * 5 * 6)

    let crashing = sandbox.start(
      ["gate", "calibrate", "-n", "6", "-o", "crashing", Compiled.allocator("CRASHES")]
        + builds.dropLast().map { "./\($0)" } + cells.prefix(2)
    ).wait()
    #expect(crashing.status == 70)
    #expect(crashing.errors.contains("error: 6 processes did not finish\nnote: what must be tolerated is not known; "))
    let missing = sandbox.start(["gate", "calibrate"] + (1...5).map { "./none-\($0).so" }).wait()
    #expect(missing.status == 69)
  }

  @Test("a calibration that is interrupted says so, and ends with 130")
  func interrupted() {
    let sandbox = Sandbox()
    let library = Compiled.allocator()
    let run = sandbox.start(
      ["gate", "calibrate", "-n", "500", "-o", "rows", "-w", "random-mixed:2000,50"]
        + (1...5).map { "name-\($0)=\(library)" })
    while TextFile.read(sandbox.path("rows/samples.csv")).split(separator: "\n").count < 12, run.isRunning {
      usleep(5_000)
    }
    run.send(SIGINT)
    let ending = run.wait()
    #expect(ending.status == 130, "\(ending)")
    #expect(ending.errors.contains("interrupted"))
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
  }
}
