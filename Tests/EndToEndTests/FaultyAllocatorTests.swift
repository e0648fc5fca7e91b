// SPDX-License-Identifier: MIT

import Results
import TestSupport
import Testing

/// An allocator that does wrong has a row that says so, and costs the others nothing.
@Suite struct FaultyAllocatorTests {
  struct Fault: CustomTestStringConvertible {
    var library: String
    var status: RunStatus
    var words: String
    var testDescription: String { library }
  }

  @Test(
    "a faulty allocator has rows with its status, and the others' rows are kept",
    arguments: [
      Fault(library: "CRASHES", status: .crash, words: "killed by signal 11 (Segmentation fault)"),
      Fault(library: "HANGS", status: .timeout, words: "killed at its time limit; --timeout gives it longer"),
      Fault(library: "REFUSES", status: .oom, words: "returned NULL for # bytes"),
      Fault(library: "FORWARDS", status: .unserved, words: "its calls were answered by the C library's malloc"),
      Fault(library: "PREFIXED", status: .unserved, words: "its calls were answered by "),
      Fault(
        library: "STILL", status: .unserved,
        words: "its calls were answered by another allocator: no counter of ACE's work moved"),
      Fault(library: "INCOMPLETE", status: .exit, words: "missing-symbol: calloc"),
    ])
  func faulty(_ fault: Fault) throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "sweep", SmallSweep.write(to: sandbox), "-w", "random-mixed:2000,50", "-a", "system", "-a",
      "bad=\(Compiled.allocator(fault.library))", "--pass", "time", "-n", "2", "--timeout", "500ms", "-o", "results")
    #expect(ending.status == 70)
    let samples = try sandbox.samples("results/samples.csv")
    #expect(samples.count == 4)
    for sample in samples {
      #expect(sample.outcome.status == (sample.arm.allocator == "bad" ? fault.status : .ok))
      #expect(sample.metrics[.throughput] == nil || sample.outcome.status == .ok, "a failed run has no figures")
    }
    let messages = ending.errors.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
    #expect(messages.count == 2)
    for message in messages {
      #expect(Snapshot.withoutNumbers(String(message)).contains(Snapshot.withoutNumbers(fault.words)), "\(message)")
    }
    #expect(messages.first?.hasPrefix("warning: bad on random-mixed, time pass, round 1: ") == true)
    #expect(ending.output.contains("system"))
  }

  @Test("a library whose functions have a prefix serves when it is given, and the wrong one is named")
  func prefix() throws {
    let sandbox = Sandbox()
    let library = Compiled.allocator("PREFIXED")
    let right = sandbox.run(
      "run", "random-mixed:2000,50", "-a", "tiny=\(library):tiny_", "--pass", "time", "-n", "1", "-o", "rows.csv")
    #expect(right.status == 0)
    #expect(try sandbox.samples("rows.csv").map(\.outcome) == [.ok])
    let wrong = sandbox.run("run", "random-mixed:2000,50", "-a", "tiny=\(library):tidy_", "--pass", "time", "-n", "1")
    #expect(wrong.status == 70)
    #expect(wrong.errors.hasPrefix("warning: tiny on random-mixed, time pass, round 1: missing-symbol: tidy_malloc\n"))
  }

  @Test("a library that is called ACE and is not has rows that say so")
  func notACE() throws {
    let sandbox = Sandbox()
    let library = Compiled.allocator()
    for name in ["ace", "ace-mine"] {
      let ending = sandbox.run(
        "run", "random-mixed:2000,50", "-a", "\(name)=\(library)", "--pass", "time", "-n", "1", "-o", "\(name).csv")
      #expect(ending.status == 70)
      let failure = "no-statistics: \(library) does not answer ace_get_statistics, as every build of ACE does"
      #expect(ending.errors.contains("warning: \(name) on random-mixed, time pass, round 1: \(failure)\n"))
      #expect(try sandbox.samples("\(name).csv").map(\.outcome) == [Outcome(.exit, exitCode: 69)])
    }
  }

  @Test("a file that is no library is a row with the loader's own words")
  func noLibrary() {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "run", "random-mixed:2000,50", "-a", "bad=\(sandbox.write("bad.so", "nonsense"))", "--pass", "time", "-n", "1")
    #expect(ending.status == 70)
    #expect(ending.errors.contains("not-loadable: \(sandbox.path("bad.so")): file too short"))
  }

  @Test(
    "--check says of each allocator what is wrong with its blocks",
    arguments: [
      ("SOUND", "sound", Int32(0)), ("MISALIGNS", "misaligned: block of # bytes at ", 70),
      ("OVERLAPS", "overlapping: block of # bytes at ", 70), ("REFUSES", "returned NULL for # bytes", 70),
      ("CRASHES", "killed by signal # (Segmentation fault)", 70),
    ])
  func checked(library: String, verdict: String, status: Int32) throws {
    let ending = Sandbox().run(
      "run", "random-mixed:2000,50", "--check", "-a", "system", "-a", "tiny=\(Compiled.allocator(library))", "-f",
      "json")
    #expect(ending.status == status)
    let records = try JSONRecord.all(ending.output)
    #expect(records.map { $0.text("allocator") } == ["system", "tiny"])
    #expect(records.first?.text("verdict") == "sound")
    let found = Snapshot.withoutNumbers(records.last?.text("verdict") ?? "")
    #expect(found.hasPrefix(verdict), "\(found)")
  }

  @Test(
    "the known allocators that are here pass --check on threads, large blocks and reallocation",
    arguments: [
      "random-mixed:5000,100", "producer-consumer:5000,8,4", "grow:2000", "large:200",
    ])
  func sound(workload: String) throws {
    let ending = Sandbox().run("run", workload, "--check", "-f", "json")
    #expect(ending.status == 0, "\(ending.output)")
    for record in try JSONRecord.all(ending.output) { #expect(record.text("verdict") == "sound") }
  }
}
