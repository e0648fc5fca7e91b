// SPDX-License-Identifier: MIT

import TestSupport
import Testing

/// Programs in which ACE's own thread is at work, or cannot be: they keep running, and end as they should.
@Suite struct WorkerTests {
  /// Ticks as often as can be, and nothing is left in peace for longer than one of them.
  private static let busy = ["ACE_POLICY=tick-ms=1,idle-ticks=1,shrink-ticks=1", "ACE_ENGINE=on"]

  private func expectDone(_ ending: Ending, _ library: Library) {
    #expect(!ending.isHung)
    #expect(ending.status == 0)
    #expect(ending.output == "malloc is of \(library.rawValue)\ndone\n")
    #expect(ending.errors == "")
  }

  @Test("threads sleep in many ways while their heaps are borrowed", arguments: Library.allCases)
  func sleepers(_ library: Library) {
    let ending = MallocProgram("sleepers.c").run(["6", "2.5"], under: library, settings: Self.busy)
    #expect(ending.status == 0)
    #expect(ending.output == "sound\n")
    #expect(ending.errors == "")
  }

  @Test("handlers sleep in the middle of malloc, signals are blocked and waited for", arguments: Library.allCases)
  func signals(_ library: Library) {
    expectDone(MallocProgram("signals.c").run(["1000"], under: library, settings: Self.busy), library)
  }

  @Test("forks while the worker runs, and children have one of their own", arguments: Library.allCases)
  func forks(_ library: Library) {
    expectDone(MallocProgram("workerfork.c").run(["12"], under: library, settings: Self.busy), library)
  }

  @Test("the worker is switched off and on, and opens no file of the program's", arguments: Library.allCases)
  func switched(_ library: Library) {
    expectDone(MallocProgram("workerswitch.c").run(under: library, settings: Self.busy), library)
  }

  @Test("programs end while the worker decides", arguments: ["exit", "_exit", "return"], Library.allCases)
  func endings(_ how: String, _ library: Library) {
    for status in 0..<25 {
      let ending = MallocProgram("workerexit.c")
        .run([how, "\(status)"], under: library, settings: Self.busy, timeLimitSeconds: 30)
      #expect(!ending.isHung)
      #expect(ending.status == Int32(status))
      #expect(ending.output == "" && ending.errors == "", "\(ending.output)\(ending.errors)")
    }
  }

  /// The process ends with its last thread, which the worker must not be for longer than it sleeps.
  @Test("a program whose main thread has ended ends with its last", arguments: Library.allCases, [[], busy])
  func lastThread(_ library: Library, _ settings: [String]) {
    let ending = MallocProgram("workerexit.c")
      .run(["last", "7"], under: library, settings: settings, timeLimitSeconds: 10)
    #expect(!ending.isHung)
    #expect(ending.status == 0)
    #expect(ending.output == "the last thread ends\n")
    #expect(ending.errors == "")
  }

  @Test(
    "a program that may start no more threads keeps running", arguments: ["eperm", "kill", "limit"], Library.allCases)
  func confined(_ why: String, _ library: Library) {
    expectDone(MallocProgram("confined.c").run([why], under: library), library)
  }

  @Test("what threads leave free goes back to the system while they sleep", arguments: Library.allCases)
  func idle(_ library: Library) {
    expectDone(MallocProgram("idle.c").run(under: library), library)
  }

  @Test("what idle trim does not give back stays", arguments: ["idle-trim=off", "worker=off"])
  func idleWithout(_ policy: String) {
    let ending = MallocProgram("idle.c").run(under: .prefix, settings: ["ACE_POLICY=" + policy])
    #expect(ending.status == 1)
    #expect(ending.output.contains(" 0 went and not "), "\(ending.output)")
  }

  /// Every decision, with its costs and its moment: nothing in it depends on the machine, the time or the addresses.
  @Test("with a seed the decisions are the same every time", arguments: Library.allCases, ["time", "memory"])
  func decisions(_ library: Library, _ goal: String) {
    let settings = ["ACE_ENGINE=on", "ACE_SEED=11", "ACE_GOAL=" + goal]
    let first = MallocProgram("decisions.c").run(under: library, settings: settings)
    #expect(first.status == 0)
    #expect(first.errors == "")
    let lines = first.output.split(separator: "\n")
    #expect(lines.count > 50)
    // Of classes, and of knobs on which contests were held.
    #expect(lines.contains { $0.split(separator: " ")[3] == "0" })
    #expect(lines.contains { $0.split(separator: " ")[3] != "0" })
    for _ in 0..<2 {
      #expect(MallocProgram("decisions.c").run(under: library, settings: settings).output == first.output)
    }
    let observed = MallocProgram("decisions.c").run(under: library, settings: ["ACE_ENGINE=observe", "ACE_SEED=11"])
    #expect(observed.output.split(separator: "\n").allSatisfy { $0.split(separator: " ")[7] == "0" })
    #expect(observed.output != "")
    #expect(MallocProgram("decisions.c").run(under: library, settings: ["ACE_ENGINE=off", "ACE_SEED=11"]).output == "")
  }
}
