// SPDX-License-Identifier: MIT

import Results
import Testing

/// Results on disk compared by the program.
@Suite struct CompareTests {
  /// A sandbox with the results of two sweeps of the same operations, eight rounds each of two workloads.
  static func sweeps(_ names: String...) -> Sandbox {
    let sandbox = Sandbox()
    let experiment = SmallSweep.write(to: sandbox, timeRounds: 8)
    for name in names { #expect(sandbox.run("sweep", experiment, "--pass", "time", "-o", name, "-q").status == 0) }
    return sandbox
  }

  /// Writes a copy of rows, some of which are changed; they are numbered as messages do, the header being 1.
  static func copy(
    _ name: String, to copy: String, in sandbox: Sandbox, _ change: (inout Sample, _ row: Int) -> Void
  ) throws {
    let file = try SampleFile(path: sandbox.path(copy))
    for (row, sample) in zip(2..., try sandbox.samples(name)) {
      var sample = sample
      change(&sample, row)
      try file.append(sample)
    }
  }

  @Test("two allocators of one result: a table for each metric that rows have, and nothing to add")
  func oneResult() {
    let sandbox = Self.sweeps("one")
    let ending = sandbox.run("compare", "one", "--base", "tiny", "--candidate", "system")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "throughput_ops_per_s, higher is better, 8 rounds")
    #expect(lines[1].hasPrefix("workload             threads "))
    #expect(lines[2].hasPrefix("producer-consumer          2 ") && lines[3].hasPrefix("random-mixed               1 "))
    #expect(lines[4].hasPrefix("geometric mean of 2"))
    #expect(lines[5].hasPrefix("over 2 cells, system ran "))
    #expect(lines[7] == "throughput_ops_per_cpu_s, higher is better, 8 rounds")
    #expect(!ending.output.contains("rss_peak_bytes"))
  }

  @Test("a candidate that took half the time in every round ran twice as fast, beyond doubt")
  func verdicts() throws {
    let sandbox = Sandbox()
    let experiment = SmallSweep.write(to: sandbox, timeRounds: 8)
    #expect(
      sandbox.run("sweep", experiment, "--pass", "time", "-w", "random-mixed:2000,50", "-o", "one.csv", "-q").status
        == 0)
    // One figure for all: what is looked at is what becomes of figures, not the machine.
    try Self.copy("one.csv", to: "base.csv", in: sandbox) { sample, _ in sample.metrics[.throughput] = .real(1e6) }
    try Self.copy("one.csv", to: "candidate.csv", in: sandbox) { sample, _ in sample.metrics[.throughput] = .real(2e6) }
    let ending = sandbox.run("compare", "base.csv", "candidate.csv", "--metric", "throughput")
    #expect(ending.status == 0)
    #expect(
      ending.output == """
        throughput_ops_per_s, higher is better, 8 rounds
        workload      allocator      base  candidate   ratio (95 % interval)  adjusted p  verdict
        random-mixed  system     1.00 M/s   2.00 M/s*  2.00 (2.00 to 2.00)        0.0078  better
        random-mixed  tiny       1.00 M/s   2.00 M/s*  2.00 (2.00 to 2.00)        0.0078  better
        system: candidate ran 2.00 (2.00 to 2.00) times faster than base
        tiny: candidate ran 2.00 (2.00 to 2.00) times faster than base

        """)
    let reverse = sandbox.run(
      "compare", "candidate.csv", "base.csv", "--base", "tiny", "--candidate", "tiny", "--metric", "throughput", "-f",
      "csv")
    let fields = try #require(reverse.output.split(separator: "\n").last).split(
      separator: ",", omittingEmptySubsequences: false)
    #expect(fields.suffix(5) == ["0.49999999999999994", "0.0078125", "0.0078125", "worse", ""])
    // However large, a difference is the same within its margin, and the status says nothing of verdicts.
    let wide = sandbox.run("compare", "base.csv", "candidate.csv", "--metric", "throughput", "--margin", "0.6")
    #expect(wide.status == 0 && wide.output.contains("  same\n"))
  }

  @Test("two results are compared by name, and told to have been measured apart")
  func twoResults() throws {
    let sandbox = Self.sweeps("one", "two")
    let ending = sandbox.run("compare", "one", "two", "--base", "system", "--candidate", "tiny", "-w", "random-mixed")
    #expect(ending.status == 0)
    // On a busy machine a note that the floor ran at another speed comes before it.
    let advice =
      "note: the two results were not measured side by side: what changed on the machine in between is part of the "
      + "difference; to be sure: acebench sweep -a system -a tiny -o results/both && acebench compare results/both "
      + "--base system --candidate tiny\n"
    #expect(ending.errors.hasSuffix(advice) && ending.errors.split(separator: "\n").count <= 2)
    #expect(!ending.output.contains("producer-consumer"))
    let same = sandbox.run("compare", "one", "two", "-f", "json")
    #expect(same.status == 0)
    #expect(same.errors.hasPrefix("note: the files of system, tiny are the same on both sides: "))
    #expect(same.output.hasPrefix("[\n  {\"metric\": \"throughput_ops_per_s\", "))
    #expect(sandbox.run("compare", "one", "two", "-q").errors == "")
    // The floor is the same in every result: where it differs, the machine does.
    try Self.copy("two/samples.csv", to: "slower.csv", in: sandbox) { sample, _ in
      let throughput = sample.metrics[.throughput]?.double ?? 0
      sample.metrics[.throughput] = .real(throughput / 100)
    }
    let slower = sandbox.run("compare", "one", "slower.csv", "--metric", "throughput")
    #expect(slower.status == 0)
    #expect(slower.errors.contains("note: the floor, which is no allocator, ran "))
    #expect(slower.errors.contains(" times slower than before: the machine did not run at one speed\n"))
  }

  @Test("what must not be compared ends with 12 and says why")
  func invalid() throws {
    let sandbox = Self.sweeps("one")
    let rows = "one/samples.csv"
    try Self.copy(rows, to: "machine.csv", in: sandbox) { sample, _ in sample.environment.identifier = "ffffffffffff" }
    try Self.copy(rows, to: "machines.csv", in: sandbox) { sample, row in
      if row > 25 { sample.environment.identifier = "ffffffffffff" }
    }
    try Self.copy(rows, to: "plans.csv", in: sandbox) { sample, row in
      if row > 25 { sample.planHash = "another" }
    }
    try Self.copy(rows, to: "seeds.csv", in: sandbox) { sample, _ in sample.workloadSeed = 7 }
    try Self.copy(rows, to: "threads.csv", in: sandbox) { sample, _ in sample.cell.threadCount = 9 }
    try Self.copy(rows, to: "crashed.csv", in: sandbox) { sample, _ in sample.outcome = Outcome(.crash, signal: 6) }
    let arms = ["--base", "system", "--candidate", "tiny"]
    for (arguments, message) in [
      (["one", "machine.csv"], "the comparison is invalid: one was measured in environment "),
      (["machines.csv"] + arms, "the comparison is invalid: the machine changed between rows of machines.csv: "),
      (["one", "machines.csv"], "the comparison is invalid: the machine changed between rows of machines.csv: "),
      (["plans.csv"] + arms, "the comparison is invalid: rows of plans.csv are of more than one plan: "),
      (["one", "seeds.csv"], "the comparison is invalid: no round ran the same operations on both sides: "),
      (
        ["one", "threads.csv"], "the comparison is invalid: none of the 2 cells of one is among the 2 cells of threads"
      ),
      (["one", "crashed.csv"], "no process of crashed.csv finished"),
      (["one"] + arms + ["--metric", "peak-rss"], "the comparison is invalid: no round has a usable value"),
    ] {
      let ending = sandbox.start(["compare"] + arguments).wait()
      #expect(ending.status == 12, "\(arguments)")
      #expect(ending.errors.contains("error: \(message)"), "\(arguments): \(ending.errors)")
      // Figures are shown only where they mean something, and then every line says that they do not count.
      let lines = ending.output.split(separator: "\n")
      #expect(lines.isEmpty == (arguments != ["one", "machine.csv"]), "\(arguments)")
      for line in lines where line.contains(" to ") { #expect(line.hasSuffix("  invalid")) }
    }
  }

  @Test("what cannot be read or was mistyped has one clear message")
  func unusable() throws {
    let sandbox = Self.sweeps("one")
    let rows = "one/samples.csv"
    let lines = sandbox.read(rows).split(separator: "\n").map { String($0) + "\n" }
    sandbox.write("empty.csv", "")
    sandbox.write("header.csv", String(lines[0]))
    sandbox.write("columns.csv", "schema_version,round\n1,1\n")
    let throughput = try #require(try sandbox.samples(rows)[2].metrics[.throughput]?.double.description)
    let damaged = lines[3].replacing(",\(throughput),", with: ",nan,")
    #expect(damaged != lines[3])
    sandbox.write("nan.csv", (lines[..<3] + [damaged] + lines[4...]).joined())
    sandbox.write("schema.csv", (lines[..<2] + ["9" + lines[2].dropFirst()] + lines[3...]).joined())
    try Self.copy(rows, to: "lone.csv", in: sandbox) { sample, _ in sample.arm = Arm(allocator: "system") }
    let arms = ["--base", "system", "--candidate", "tiny"]
    for (arguments, status, message) in [
      ([], 64, "there is nothing to compare"),
      (
        ["--base", "system", "--candidate", "./new.so"], 69,
        """
        the library of 'candidate' was not found
        note: looked for ./new.so
        """
      ),
      (["one"], 64, "who is compared with whom is missing"),
      (["one", "one"], 64, "one is compared with itself"),
      (["one", "two", "three"], 64, "3 results cannot be compared at once"),
      (["one", "--base", "system"], 64, "--base and --candidate are given together"),
      (
        ["one", "--base", "sytem", "--candidate", "tiny"], 64,
        "one has no allocator 'sytem'\nhelp: did you mean 'system'?"
      ),
      (["one", "--base", "system", "--candidate", "system"], 64, "system is compared with itself"),
      (["lone.csv"], 64, "lone.csv has one allocator only: there is nothing to compare it with"),
      (
        ["one"] + arms + ["--metric", "thrughput"], 64,
        "no metric is called 'thrughput'\nhelp: did you mean 'throughput'?"
      ),
      (["one"] + arms + ["--metric", "live_peak_bytes"], 64, "no value of live_peak_bytes is better than another"),
      (["one"] + arms + ["-w", "random-mixd"], 64, "no row is of a workload called 'random-mixd'"),
      (["one"] + arms + ["--margin", "1"], 64, "--margin cannot be 1.0"),
      (["nowhere", "one"], 69, "nowhere: No such file or directory (open)"),
      (["tmp", "one"], 69, "tmp/samples.csv: No such file or directory (open)"),
      (["empty.csv", "one"], 64, "empty.csv has no rows"),
      (["one", "header.csv"], 64, "header.csv has no rows"),
      (["one", "columns.csv"], 64, "columns.csv lacks the columns session_id, "),
      (["nan.csv", "one"], 64, "row 4 of nan.csv cannot be used: 'nan' is no value of throughput_ops_per_s"),
      (["schema.csv", "one"], 64, "row 3 of schema.csv cannot be used: it has schema version '9'"),
    ] as [([String], Int32, String)] {
      let ending = sandbox.start(["compare"] + arguments).wait()
      #expect(ending.status == status, "\(arguments)")
      #expect(ending.errors.hasPrefix("error: \(message)"), "\(arguments): \(ending.errors)")
      #expect(ending.output == "", "\(arguments)")
    }
  }

  @Test("rounds that only one side finished, and values without a ratio, are left out and counted")
  func leftOut() throws {
    let sandbox = Self.sweeps("one")
    try Self.copy("one/samples.csv", to: "zero.csv", in: sandbox) { sample, row in
      if row < 12 { sample.metrics[.throughputPerCPU] = .real(0) }
    }
    try Self.copy("one/samples.csv", to: "lost.csv", in: sandbox) { sample, row in
      if row < 5 { sample.outcome = Outcome(.timeout) }
    }
    let zero = sandbox.run("compare", "zero.csv", "--base", "system", "--candidate", "tiny")
    #expect(zero.status == 0)
    #expect(
      Snapshot.withoutNumbers(zero.errors)
        == "note: left out: # rounds in which throughput_ops_per_cpu_s is not above zero on both sides\n")
    let lost = sandbox.run("compare", "one", "lost.csv", "--base", "system", "--candidate", "system")
    #expect(lost.status == 0)
    #expect(lost.errors.contains(" that only one side finished\n"))
  }
}
