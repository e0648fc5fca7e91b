// SPDX-License-Identifier: MIT

import Glibc
import Results
import TestSupport
import Testing

@Suite struct ResumeTests {
  /// The rows that count, each named; a name that occurs twice is a fault.
  private func effective(_ sandbox: Sandbox, _ name: String) throws -> [SmallSweep.Process] {
    var processes: [SmallSweep.Process] = []
    try SampleReader(path: sandbox.path(name)).forEachEffective(arms: SmallSweep.arms) { processes.append(.init($0)) }
    return processes
  }

  /// How long a start is left alone at most: two thirds of what a whole sweep takes when nothing else runs.
  private static let longestMicroseconds = 1_200_000

  @Test("after kill -9 at random moments no row is lost and none counts twice", arguments: 1...4 as ClosedRange<UInt64>)
  func killed(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let sandbox = Sandbox()
    let first = ["sweep", SmallSweep.write(to: sandbox, timeRounds: 6), "-o", "results"]
    let expected = SmallSweep.processes(timeRounds: 6)
    var rowCounts = [0]
    for _ in 0..<4 {
      // A sweep that died before it had a plan has measured nothing, and is begun again.
      let arguments = sandbox.exists("results/plan.json") ? ["sweep", "--resume", "results"] : first
      let sweep = sandbox.start(arguments)
      usleep(UInt32.random(in: 20_000...UInt32(Self.longestMicroseconds), using: &random))
      sweep.send(SIGKILL)
      let status = sweep.wait().status
      #expect(status == 128 + SIGKILL || status == 0, "seed \(seed)")
      guard sandbox.exists("results/samples.csv") else { continue }
      let rows = try effective(sandbox, "results/samples.csv")
      #expect(rows.count == Set(rows).count, "seed \(seed)")
      #expect(rows.count >= rowCounts[rowCounts.count - 1], "seed \(seed): finished rows are gone")
      rowCounts.append(rows.count)
    }
    let arguments = sandbox.exists("results/plan.json") ? ["sweep", "--resume", "results"] : first
    let ending = sandbox.start(arguments).wait()
    #expect(ending.status == 0, "seed \(seed): \(ending.errors)")
    let rows = try effective(sandbox, "results/samples.csv")
    #expect(rows.count == expected.count, "seed \(seed)")
    #expect(Set(rows) == expected, "seed \(seed)")

    let again = sandbox.run("sweep", "--resume", "results")
    #expect(again.status == 0)
    #expect(try effective(sandbox, "results/samples.csv").count == expected.count, "a finished sweep has nothing to do")
    #expect(again.output.contains("random-mixed"), "earlier rows belong into the tables")
  }

  @Test(
    "a worker killed from outside is a row with its status, and its round is run again", arguments: [1, 2] as [UInt64])
  func workerKilled(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let sandbox = Sandbox()
    let environment = ["TINY_HANGS_WHILE": sandbox.write("hang", "")]
    let arms = [Arm(allocator: "system"), Arm(allocator: "tiny")]
    let hanging = Compiled.allocator("HANGS")
    // A worker that hangs can be hit for certain.
    let sweep = sandbox.start(
      [
        "sweep", SmallSweep.write(to: sandbox), "-w", "random-mixed:2000,50", "-a", "system", "-a",
        "tiny=\(hanging)", "--pass", "time", "-n", "2", "-o", "results",
      ], environment: environment)
    var killed: Set<pid_t> = []
    // The uncounted first run of each arm hangs too.
    while killed.count < 3, sweep.isRunning {
      usleep(UInt32.random(in: 300_000...500_000, using: &random))
      // On a busy machine a worker of the other arm may still be running, or one that has not come to hang.
      for child in sweep.children where TextFile.read("/proc/\(child)/cmdline").contains(hanging) {
        kill(child, SIGKILL)
        killed.insert(child)
      }
    }
    let ending = sweep.wait()
    #expect(ending.status == 70, "seed \(seed)")
    let samples = try sandbox.samples("results/samples.csv")
    let outcomes = Dictionary(grouping: samples, by: \.arm).mapValues { $0.map(\.outcome) }
    let crash = Outcome(.crash, signal: SIGKILL)
    #expect(outcomes == [arms[0]: [.ok, .ok], arms[1]: [crash, crash]], "seed \(seed)")
    #expect(ending.errors.contains("warning: tiny on random-mixed, time pass, round 1: killed by signal 9 (Killed)\n"))

    unlink(sandbox.path("hang"))
    let resumed = sandbox.start(["sweep", "--resume", "results"], environment: environment).wait()
    #expect(resumed.status == 0, "seed \(seed): \(resumed.errors)")
    var effective: [Sample] = []
    try SampleReader(path: sandbox.path("results/samples.csv")).forEachEffective(arms: arms) { effective.append($0) }
    #expect(effective.count == 4)
    #expect(effective.allSatisfy { $0.attempt == 2 })
  }

  @Test("Ctrl-C keeps what is finished, says how to go on, and ends with 130", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let sandbox = Sandbox()
    let sweep = sandbox.start(["sweep", SmallSweep.write(to: sandbox, timeRounds: 200), "-o", "results"])
    while TextFile.read(sandbox.path("results/samples.csv")).split(separator: "\n").count < 10, sweep.isRunning {
      usleep(20_000)
    }
    sweep.send(signal)
    let ending = sweep.wait()
    #expect(ending.status == 130)
    #expect(
      ending.errors == """
        warning: interrupted; what was finished is kept
        note: rows are in results/samples.csv; next: acebench sweep --resume results

        """)
    #expect(ending.output.contains("random-mixed, 1 thread"))
    let rows = try effective(sandbox, "results/samples.csv")
    #expect(rows.count >= 9)
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")

    let resumed = sandbox.run("sweep", "--resume", "results", "-n", "3")
    #expect(resumed.status == 0)
    let all = Set(try effective(sandbox, "results/samples.csv"))
    #expect(all.isSuperset(of: rows))
    #expect(all.isSuperset(of: SmallSweep.processes(timeRounds: 3)))
  }

  @Test(
    "Ctrl-C ends a worker that hangs, and what is not a sweep too",
    arguments: [["--check"], ["--pass", "time", "-n", "1"]])
  func interruptedWorker(options: [String]) {
    let sandbox = Sandbox()
    let arguments = ["run", "random-mixed:2000,50", "-a", "bad=\(Compiled.allocator("HANGS"))"] + options
    let run = sandbox.start(arguments, environment: ["TINY_HANGS_WHILE": sandbox.write("hang", "")])
    while run.children.isEmpty, run.isRunning { usleep(10_000) }
    let workers = run.children
    run.send(SIGINT)
    #expect(run.wait().status == 130)
    for worker in workers { #expect(kill(worker, 0) != 0 && errno == ESRCH) }
  }

  @Test("a trace named by a relative path is found when the sweep is resumed")
  func tracePaths() throws {
    let sandbox = Sandbox()
    let trace = TextFile.bytes("\(Sandbox.sources)/workloads/traces/lua.acetrace")
    TextFile.write(sandbox.path("copy.acetrace"), trace)
    let first = sandbox.run(
      "sweep", SmallSweep.write(to: sandbox), "-w", "copy.acetrace", "-a", "system", "--pass", "time", "-n", "1", "-o",
      "results")
    #expect(first.status == 0)
    let resumed = sandbox.run("sweep", "--resume", "results", "-n", "2")
    #expect(resumed.status == 0)
    #expect(try sandbox.samples("results/samples.csv").map(\.round) == [1, 2])
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
  }

  @Test("a time limit ends a sweep between rounds, and the rest can be resumed")
  func timeLimit() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "sweep", SmallSweep.write(to: sandbox, timeRounds: 500), "--time-limit", "500ms", "-o", "results")
    #expect(ending.status == 0)
    #expect(ending.errors.hasPrefix("warning: the time limit is reached; what was finished is kept\n"))
    #expect(ending.errors.contains("next: acebench sweep --resume results\n"))
    #expect(!(try effective(sandbox, "results/samples.csv").isEmpty))
  }

  @Test("what cannot be resumed is named")
  func unresumable() {
    let sandbox = Sandbox()
    let missing = sandbox.run("sweep", "--resume", "nowhere")
    #expect(missing.status == 64)
    #expect(missing.errors.hasPrefix("error: nowhere/plan.json is not an experiment: it cannot be read\n"))
    let both = sandbox.run("sweep", SmallSweep.write(to: sandbox), "--resume", "nowhere")
    #expect(both.status == 64)
    #expect(both.errors == "error: --resume goes on with its own experiment; name no file\n")
  }
}
