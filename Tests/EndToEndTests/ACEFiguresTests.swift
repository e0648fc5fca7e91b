// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct ACEFiguresTests {
  /// The rows of a CSV as fields by column.
  private func rows(_ sandbox: Sandbox, _ name: String) throws -> [[String: String]] {
    var lines: [[String]] = []
    var parser = CSVParser()
    try parser.parse(sandbox.read(name).utf8) { lines.append($0) }
    let header = lines.isEmpty ? [] : lines.removeFirst()
    return lines.map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
  }

  private func key(_ row: [String: String]) -> String {
    ["session_id", "sequence", "pass", "allocator", "round"].map { row[$0] ?? "?" }.joined(separator: ";")
  }

  private func key(_ sample: Sample) -> String {
    "\(sample.sessionIdentifier);\(sample.sequence);\(sample.pass);\(sample.arm.allocator);\(sample.round)"
  }

  @Test("a sweep writes what ACE told beside the samples, and a resumed one goes on without doubling a row")
  func resumed() throws {
    let sandbox = Sandbox()
    let experiment = sandbox.write(
      "small.json5",
      """
      {
        allocators: ['system', 'ace=\(Compiled.allocator("TELLS"))', 'mine=\(Compiled.allocator("TELLS"))'],
        workloads: ['random-mixed:2000,50'],
        rounds: { time: 2, memory: 1, latency: 1 },
        drainMilliseconds: [],
      }
      """)
    func check(processCount: Int, memoryProcessCount: Int) throws {
      let samples = try sandbox.samples("results/samples.csv").filter { $0.arm.allocator != "system" }
      let processes = try rows(sandbox, "results/ace_stats.csv")
      #expect(processes.count == processCount)
      #expect(Set(processes.map(key)) == Set(samples.map(key)))
      for process in processes {
        let count = try #require(process["refill_count"].flatMap { UInt64($0) })
        #expect(count >= 1000)
        #expect(process["refilled_block_count"] == "\(3 * count)")
        #expect(process["committed_bytes"] == "\(5 << 20)")
      }
      let classes = try rows(sandbox, "results/ace_classes.csv")
      #expect(classes.count == 2 * memoryProcessCount)
      #expect(classes.allSatisfy { $0["pass"] == "memory" })
      #expect(Set(classes.map(key)) == Set(samples.filter { $0.pass == .memory }.map(key)))
      #expect(Set(classes.compactMap { $0["block_byte_count"] }) == ["16", "32"])
    }
    #expect(sandbox.run("sweep", experiment, "-o", "results").status == 0)
    try check(processCount: 8, memoryProcessCount: 2)
    #expect(sandbox.run("sweep", "--resume", "results").status == 0)
    try check(processCount: 8, memoryProcessCount: 2)
    #expect(sandbox.run("sweep", "--resume", "results", "-n", "2").status == 0)
    try check(processCount: 12, memoryProcessCount: 4)
  }

  @Test("a sweep without ACE has no file of its counters")
  func without() {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "sweep", SmallSweep.write(to: sandbox), "-a", "system", "-n", "1", "--pass", "memory", "-o", "results")
    #expect(ending.status == 0)
    #expect(sandbox.names(in: "results") == ["env.jsonl", "plan.json", "samples.csv", "timeline.csv"])
  }

  @Test("--stats shows the counters after the table, and in JSON beside the metrics")
  func shown() throws {
    let sandbox = Sandbox()
    let library = Compiled.allocator("TELLS")
    let text = sandbox.run(
      "run", "random-mixed:2000,50", "-a", "system", "-a", "mine=\(library)", "-n", "1", "--pass", "time", "--stats")
    #expect(text.status == 0)
    #expect(text.errors == "")
    let parts = text.output.split(separator: "ACE's counters: random-mixed, 1 thread")
    #expect(parts.count == 2)
    let lines = (parts.last ?? "").split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.contains(["counter", "mine"]))
    #expect(lines.contains(["blocks", "a", "refill", "3.00"]))
    #expect(lines.contains(["committed", "5.00", "MiB"]))
    #expect(!(parts.last ?? "").contains("–"), "every line has a field of ace.h")

    let json = sandbox.run(
      "run", "random-mixed:2000,50", "-a", "system", "-a", "mine=\(library)", "-n", "1", "--stats", "-f", "json",
      "--pass", "time")
    let records = try JSONRecord.all(json.output)
    #expect(records.map { $0.number("ace_committed_bytes") } == [5_242_880, nil])
  }

  @Test("--stats without ACE says that there is nothing to show")
  func nothing() {
    let ending = Sandbox().run("run", "random-mixed:2000,50", "-a", "system", "-n", "1", "--pass", "time", "--stats")
    #expect(ending.status == 0)
    #expect(ending.errors == "warning: --stats shows nothing: no process was ACE's\n")
    #expect(!ending.output.contains("counter"))
  }
}
