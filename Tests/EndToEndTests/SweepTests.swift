// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct SweepTests {
  @Test("a sweep writes a row for every arm in every round of every pass of every cell, and all that belongs to it")
  func folder() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run("sweep", SmallSweep.write(to: sandbox), "-o", "results/of/first")
    #expect(ending.status == 0)
    #expect(sandbox.names(in: "results/of/first") == ["env.jsonl", "plan.json", "samples.csv", "timeline.csv"])

    let samples = try sandbox.samples("results/of/first/samples.csv")
    #expect(samples.count == SmallSweep.rowCount)
    #expect(Set(samples.map(SmallSweep.Process.init)) == SmallSweep.processes())
    #expect(samples.allSatisfy { $0.outcome == .ok })
    #expect(Set(samples.map(\.sequence)).count == samples.count)
    #expect(Set(samples.map(\.planHash)).count == 1)

    let timeline = sandbox.read("results/of/first/timeline.csv").split(separator: "\n")
    #expect(timeline.count > SmallSweep.cellIdentifiers.count * SmallSweep.arms.count)
    #expect(sandbox.read("results/of/first/env.jsonl").split(separator: "\n").count == 1)
    #expect(sandbox.read("results/of/first/plan.json").contains("random-mixed:2000,50"))

    for name in ["random-mixed, 1 thread", "producer-consumer, 2 threads"] { #expect(ending.output.contains(name)) }
    for column in ["throughput", "net/op", "p99 malloc", "peak RSS", "fragmentation"] {
      #expect(ending.output.contains(column))
    }
    #expect(
      ending.errors
        == "note: rows are in results/of/first/samples.csv; next: acebench run WORKLOAD -n 20 looks closer at one of them\n"
    )
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
  }

  @Test("the floor costs nothing net, and what others cost net is gross less the floor of the same round")
  func net() throws {
    let sandbox = Sandbox()
    #expect(sandbox.run("sweep", SmallSweep.write(to: sandbox), "--pass", "time", "-o", "rows.csv").status == 0)
    #expect(sandbox.names() == ["rows.csv", "small.json5", "tmp"])
    let samples = try sandbox.samples("rows.csv")
    #expect(samples.count == 18)
    for sample in samples {
      let floor = samples.first {
        $0.arm.isFloor && $0.round == sample.round && $0.cell == sample.cell
      }
      let gross = try #require(sample.metrics[.grossPerOperation]?.double)
      let net = try #require(sample.metrics[.netPerOperation]?.double)
      let floorGross = try #require(floor?.metrics[.grossPerOperation]?.double)
      #expect(abs(net - (gross - floorGross)) <= 1e-6 * gross)
      if sample.arm.isFloor { #expect(net == 0) }
    }
  }

  @Test("arms take turns: orders differ from round to round, and each is a permutation")
  func order() throws {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox, timeRounds: 8)
    #expect(sandbox.run("sweep", path, "--pass", "time", "-w", "random-mixed:2000,50", "-o", "rows.csv").status == 0)
    let rounds = Dictionary(grouping: try sandbox.samples("rows.csv"), by: \.round)
    #expect(rounds.count == 8)
    var orders: Set<[String]> = []
    for (round, samples) in rounds {
      let sorted = samples.sorted { $0.orderInRound < $1.orderInRound }
      #expect(sorted.map(\.orderInRound) == [1, 2, 3])
      #expect(Set(sorted.map(\.workloadSeed)).count == 1, "round \(round)")
      orders.insert(sorted.map(\.arm.allocator))
    }
    #expect(orders.count > 1)
  }

  @Test("rows have standard output to themselves", arguments: [["-o", "-"], ["-f", "csv"]])
  func standardOutput(options: [String]) throws {
    let sandbox = Sandbox()
    let ending = sandbox.start(["sweep", SmallSweep.write(to: sandbox), "--pass", "time"] + options).wait()
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    sandbox.write("rows.csv", ending.output)
    #expect(try sandbox.samples("rows.csv").count == 18)
    #expect(ending.output.split(separator: "\n").count == 19)
    #expect(sandbox.names() == ["rows.csv", "small.json5", "tmp"])
  }

  @Test("tables come as Markdown or JSON when that is asked for")
  func formats() throws {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox)
    let markdown = sandbox.run("sweep", path, "-n", "1", "-f", "markdown", "-o", "rows.csv")
    #expect(markdown.status == 0)
    let tableLines = markdown.output.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(tableLines.count == 2 * (2 + 3))
    #expect(tableLines.allSatisfy { $0.hasSuffix("|") })

    let json = sandbox.run("sweep", path, "-n", "1", "-f", "json", "-o", "more.csv")
    #expect(json.status == 0)
    let records = try JSONRecord.all(json.output)
    #expect(records.count == 6)
    #expect(Set(records.compactMap { $0.text("allocator") }) == ["system", "null", "tiny"])
    for record in records { #expect(record.number("throughput_ops_per_s").map { $0 > 0 } == true) }
  }

  @Test("options take the place of what the file says")
  func override() throws {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox)
    let ending = sandbox.run(
      "sweep", path, "-a", "system", "-w", "random-mixed:1000,10", "-t", "1,2", "-n", "2", "--pass", "time",
      "--touch", "none", "--seed", "7", "--warmup", "1", "--repeat", "2", "-o", "rows.csv")
    #expect(ending.status == 0)
    let samples = try sandbox.samples("rows.csv")
    #expect(samples.count == 4)
    #expect(Set(samples.map(\.cell.threadCount)) == [1, 2])
    #expect(samples.allSatisfy { $0.cell.touch == .none && $0.arm.allocator == "system" && $0.pass == .time })
  }

  @Test("a dry run prints the workers and runs nothing")
  func dryRun() {
    let sandbox = Sandbox()
    let ending = sandbox.run("sweep", SmallSweep.write(to: sandbox), "--dry-run", "-o", "results")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    let commands = ending.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(commands.count == 2 * 3 * 3)
    #expect(commands.allSatisfy { $0.contains("acebench-worker --") && $0.contains("--program PROGRAM") })
    #expect(sandbox.names() == ["small.json5", "tmp"])
  }

  @Test("values of ACE's switches are arms of their own")
  func switches() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "sweep", SmallSweep.write(to: sandbox), "-a", "system", "-a", "ace", "--switch",
      "refill-one=on,off", "--switch", "engine=off", "-n", "1", "--pass", "time", "-o", "rows.csv")
    #expect(ending.status == 0)
    let arms = Set(try sandbox.samples("rows.csv").map(\.arm))
    #expect(
      arms == [
        Arm(allocator: "system"), Arm(allocator: "ace", switches: "engine=off;refill-one=on"),
        Arm(allocator: "ace", switches: "engine=off;refill-one=off"),
      ])
    let dry = sandbox.run("sweep", "small.json5", "-a", "ace", "--switch", "refill-one=on,off", "--dry-run")
    #expect(dry.output.contains("ACE_POLICY=refill-one=on "))
    #expect(dry.output.contains("--settings refill-one=1 "))
    #expect(dry.output.contains("ACE_POLICY=refill-one=off "))
    #expect(dry.output.contains("--settings refill-one=0 "))
  }

  @Test("a library that does not do as its switches say is not measured")
  func deaf() {
    let sandbox = Sandbox()
    func sweep(_ setting: String) -> Ending {
      sandbox.run(
        "sweep", SmallSweep.write(to: sandbox), "-a", "system", "-a", "ace=\(Compiled.allocator("DEAF"))", "--switch",
        setting, "-n", "1", "--pass", "time", "-o", "results")
    }
    let ending = sweep("refill-one=off,on")
    #expect(ending.status == 64)
    #expect(
      ending.errors == """
        error: ace is not set as refill-one=on says
        note: refill-one is 0 and not 1
        help: 'acebench list knobs' shows what can be set

        """)
    #expect(ending.output == "")
    #expect(!sandbox.exists("results"))
    #expect(sweep("refill-one=off").status == 0)
  }

  @Test("what growing costs is measured on as many threads and as large live sets as it says")
  func growth() {
    for (name, sizes) in [
      ("growth-threads", [1, 2, 4, 8, 1, 2, 4, 8].map { "@\($0)t/page" }),
      ("growth-live", [241, 963, 3852, 15406, 61625, 246500, 986000].map { "slots=\($0)," }),
    ] {
      let ending = Sandbox().run(
        "sweep", "\(Sandbox.sources)/workloads/\(name).json5", "-a", "system", "-a", "null", "--dry-run")
      #expect(ending.status == 0)
      #expect(ending.errors == "")
      let cells = ending.output.split(separator: "\n").filter { $0.contains("/page") }
      #expect(cells.count == sizes.count)
      for (cell, size) in zip(cells, sizes) { #expect(cell.contains(size)) }
    }
  }

  @Test("the shipped experiments can be planned", arguments: ["default", "full", "reference"])
  func shipped(name: String) {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "sweep", "\(Sandbox.sources)/workloads/\(name).json5", "-a", "system", "-a", "null", "--dry-run")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    #expect(ending.output.contains("# python#"))
  }
}
