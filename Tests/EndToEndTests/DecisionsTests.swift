// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite("What ACE's engine decided reaches people and files")
struct DecisionsTests {
  private static let workload = "random-mixed:2000,50"

  @Test("a timeline after the table")
  func timeline() {
    let ending = Sandbox().run(
      "run", Self.workload, "-a", "system", "-a", "mine=\(Compiled.allocator("DECIDES"))", "-n", "2", "--pass", "time",
      "--decisions")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    let lines = ending.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    let start = lines.firstIndex { $0.hasPrefix("ACE's decisions: random-mixed, 1 thread, ") }
    #expect(lines[start ?? 0].hasSuffix(", mine, time pass, round 1 of 2"))
    #expect(
      lines.suffix(2) == [
        "50 ms 1 set carve-pages 64 B 4 8 2.50 1.25 won 3, and lost 1",
        "100 ms 2 would set carve-pages all 4 8 – – won 3, and lost 1",
      ])
  }

  @Test("as records they have standard output to themselves", arguments: ["csv", "json"])
  func records(format: String) throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "run", Self.workload, "-a", "mine=\(Compiled.allocator("DECIDES"))", "-n", "2", "--pass", "time", "--decisions",
      "-f", format, "-o", "rows.csv")
    #expect(ending.status == 0)
    #expect(try sandbox.samples("rows.csv").count == 2)
    if format == "csv" {
      #expect(ending.output.split(separator: "\n").count == 1 + 4)
      #expect(ending.output.contains(",1,50,1,carve-pages,64,4,8,1,2.5,1.25,\"won 3, and lost 1\"\n"))
    } else {
      let records = try JSONRecord.all(ending.output)
      #expect(records.map { $0.number("decision") } == [1, 2, 1, 2])
      #expect(records.map { $0.number("old_cost") } == [2.5, nil, 2.5, nil])
    }
  }

  @Test("a sweep keeps them beside the samples, and a resumed one goes on without doubling a row")
  func kept() throws {
    let sandbox = Sandbox()
    let experiment = sandbox.write(
      "small.json5",
      """
      {
        allocators: ['system', 'mine=\(Compiled.allocator("DECIDES"))'],
        workloads: ['\(Self.workload)'],
        rounds: { time: 1, memory: 1 },
        drainMilliseconds: [],
      }
      """)
    func rowCount() -> Int { sandbox.read("results/decisions.csv").split(separator: "\n").count }
    #expect(sandbox.run("sweep", experiment, "-o", "results").status == 0)
    #expect(rowCount() == 1 + 2 * 2)
    #expect(sandbox.run("sweep", "--resume", "results").status == 0)
    #expect(rowCount() == 1 + 2 * 2)
    #expect(sandbox.run("sweep", "--resume", "results", "-n", "2").status == 0)
    #expect(rowCount() == 1 + 4 * 2)
  }

  @Test("where there are none it says why")
  func none() {
    let off = Sandbox().run(
      "run", Self.workload, "-a", "ace", "--switch", "engine=off", "-n", "1", "--pass", "time", "--decisions")
    #expect(off.status == 0)
    #expect(off.output.hasSuffix("none: the engine is off; --switch engine=on lets it decide\n"))
    let without = Sandbox().run("run", Self.workload, "-a", "system", "-n", "1", "--pass", "time", "--decisions")
    #expect(without.status == 0)
    #expect(without.errors == "warning: --decisions shows nothing: no process was ACE's\n")
    #expect(!without.output.contains("decisions"))
  }

  @Test("ACE itself decides, and says what it would do or has done", arguments: ["observe", "on"])
  func itself(engine: String) throws {
    let ending = Sandbox().run(
      "run", "phases", "-a", "ace", "--switch", "engine=\(engine)", "--switch", "seed=7", "--switch", "tick-ms=1", "-n",
      "1", "--pass", "time", "--decisions", "-f", "json")
    #expect(ending.status == 0)
    let records = try JSONRecord.all(ending.output)
    #expect(!records.isEmpty)
    let knobs = try JSONRecord.all(Sandbox().run("list", "knobs", "-f", "json").output).compactMap { $0.text("knob") }
    for record in records {
      #expect(knobs.contains(record.text("subject") ?? ""))
      #expect(record.text("reason")?.isEmpty == false)
      if engine == "observe" { #expect(record.number("was_applied") == 0) }
    }
    let applied = records.contains { $0.number("was_applied") == 1 }
    #expect(applied == (engine == "on"))
  }
}
