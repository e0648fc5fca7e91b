// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

/// Two allocators measured and compared by one command.
@Suite struct CompareNowTests {
  private static let cells = ["-w", "random-mixed:20000,50", "-w", "tiny-hot:64,100,200", "--seed", "3", "-n", "6"]

  @Test("they run side by side until it is known, and the rows are kept")
  func measured() throws {
    let sandbox = Sandbox()
    let library = Compiled.allocator()
    let command = ["compare", "--base", library, "--candidate", "system", "--metric", "throughput"] + Self.cells
    let ending = sandbox.start(command + ["-o", "rows"]).wait()
    #expect(ending.status == 0, "\(ending)")
    let next = "acebench compare rows --base base --candidate head"
    #expect(ending.errors == "note: rows are in rows; next: \(next) compares them again\n")
    let lines = ending.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "throughput_ops_per_s, higher is better, 6 rounds")
    #expect(lines[1].contains(" base ") && lines[1].contains(" candidate "))
    #expect(lines[2].hasPrefix("random-mixed") && lines[3].hasPrefix("tiny-hot"))
    // One of two names is a path, so both are called by what they are here.
    let sentence = try #require(lines.last)
    #expect(sentence.hasPrefix("over 2 cells, candidate ") && sentence.contains("base"), "\(ending.output)")
    let samples = try sandbox.samples("rows/samples.csv")
    #expect(samples.count == 2 * 2 * 6)
    #expect(Set(samples.map(\.library.path)) == [library, samples.first { $0.arm.allocator == "head" }?.library.path])

    let records = sandbox.start(command + ["-f", "json", "-o", "json", "-q"]).wait()
    #expect(records.status == 0 && records.errors == "")
    let found = try JSONRecord.all(records.output)
    #expect(Set(found.map { $0.text("metric") }) == ["throughput_ops_per_s"])
    #expect(found.allSatisfy { ($0.number("ratio") ?? 0) > 0 && $0.text("verdict") != nil })
    let stored = sandbox.run(
      "compare", "rows", "--base", "base", "--candidate", "head", "--metric", "throughput", "-q")
    #expect(stored.status == 0, "rows of a comparison are rows as others are: \(stored)")
  }

  @Test("names that differ are used, and memory is measured when it is asked for")
  func names() throws {
    let sandbox = Sandbox()
    let ending = sandbox.start(
      ["compare", "--base", "system", "--candidate", "ace", "--metric", "peak-rss", "-o", "rows"]
        + Self.cells.prefix(2) + ["-n", "6"]
    ).wait()
    #expect(ending.status == 0, "\(ending)")
    #expect(ending.output.hasPrefix("rss_peak_bytes, lower is better, 6 rounds\n"))
    #expect(ending.output.contains(" system ") && ending.output.contains("ace"))
    #expect(try sandbox.samples("rows/samples.csv").allSatisfy { $0.pass == .memory })
  }

  @Test("what cannot be measured, or has no meaning, is refused or told")
  func refused() throws {
    let sandbox = Sandbox()
    let arms = ["--base", "system", "--candidate", "system"]
    for (arguments, status, message) in [
      (
        arms + ["--metric", "malloc_p99_ns"], 64,
        "only throughput, cpu-throughput, peak-rss, memory-area can be measured for a comparison\n"
      ),
      (arms + ["--rounds", "3"], 64, "--rounds cannot be 3\nhelp: it is at least 6"),
      (["--base", "system", "--candidate", "./new.so"], 69, "the library of 'candidate' was not found\n"),
      (["--base", "systm", "--candidate", "system"], 64, "no allocator is called 'systm'\n"),
      (arms + ["-w", "tiny-hit"], 64, "no workload is called 'tiny-hit'\n"),
      (arms + ["--config", "none.json5"], 64, "none.json5 is not a gate's file: it cannot be read\n"),
      (
        ["one"] + arms + ["-o", "rows", "--seed", "3"], 64,
        "results that are there are compared as they are: nothing is measured\nhelp: leave out --seed, --output\n"
      ),
    ] as [([String], Int32, String)] {
      let ending = sandbox.start(["compare"] + arguments).wait()
      #expect(ending.status == status, "\(arguments): \(ending)")
      #expect(ending.errors.hasPrefix("error: \(message)"), "\(arguments): \(ending.errors)")
      #expect(ending.output == "", "\(arguments)")
    }
    #expect(!sandbox.exists("results"))

    let crash = sandbox.start(
      ["compare", "--base", "system", "--candidate", Compiled.allocator("CRASHES"), "--metric", "throughput", "-o"]
        + ["rows"] + Self.cells
    ).wait()
    #expect(crash.status == 70, "\(crash)")
    #expect(crash.errors.contains("killed by signal 11 (Segmentation fault)"))
    #expect(
      crash.errors.hasSuffix("error: no round was finished: there is nothing to compare\nnote: rows are in rows\n"))
  }

  @Test("Ctrl-C compares what was finished, and ends with 130")
  func interrupted() {
    let sandbox = Sandbox()
    let run = sandbox.start(
      ["compare", "--base", "system", "--candidate", Compiled.allocator(), "--metric", "throughput", "-o", "rows"]
        + ["-w", "random-mixed:2000,50", "-w", "larson:20000", "-n", "5000", "--margin", "0"])
    while TextFile.read(sandbox.path("rows/samples.csv")).split(separator: "\n").count < 12, run.isRunning {
      usleep(5_000)
    }
    run.send(SIGINT)
    let ending = run.wait()
    #expect(ending.status == 130, "\(ending)")
    #expect(ending.errors.contains("warning: interrupted; what was finished is compared\n"))
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
  }
}
