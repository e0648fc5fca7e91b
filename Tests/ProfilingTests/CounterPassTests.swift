// SPDX-License-Identifier: MIT

import Experiments
import Measurement
import Profiling
import Testing

@Suite("The pass of counters", .serialized)
struct CounterPassTests {
  private func round(_ command: [String]) throws -> CounterRound {
    let (outcome, round) = try CounterPass.run(.program(TestedProgram.program(command)))
    #expect(outcome.fault == nil)
    return try #require(round)
  }

  private func number(_ counter: PerformanceCounter, _ round: CounterRound) throws -> Double {
    try CounterFigure.counter(counter).value(in: round).get().number
  }

  @Test("counts a program with its threads, its children and theirs, and what they turn into")
  func everything() throws {
    let small = try round([CallsProgram.path, "0", "0"])
    let large = try round([CallsProgram.path, "4", "3"])
    // 14 units sleep twice each, and each sleep is a switch.
    #expect(try number(.contextSwitches, large) >= 28)
    #expect(try number(.minorFaults, large) > number(.minorFaults, small))
    #expect(try number(.taskClock, large) > 0)
    #expect(try number(.majorFaults, small) >= 0)
  }

  @Test("agrees with the kernel's accounts")
  func accounts() throws {
    let round = try round(["/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; /bin/true"])
    let charged = try #require(round.charges[.minorFaults])
    // The accounts begin with the process, the counters when it becomes the program.
    let counted = try number(.minorFaults, round)
    #expect(counted <= charged)
    #expect(counted > 0)
    #expect(charged - counted < 200)
  }

  @Test("gives every counter a number or a reason")
  func complete() throws {
    let round = try round(["/bin/true"])
    #expect(Set(round.counters.keys) == Set(PerformanceCounter.allCases))
    for (counter, result) in round.counters {
      switch result {
      case .success(let reading): #expect(reading.value == nil || reading.runningNanoseconds > 0, "\(counter)")
      case .failure(let absence): #expect(absence != .failed, "\(counter)")
      }
    }
  }

  @Test("has no figures of a program that fails")
  func failing() throws {
    let (outcome, round) = try CounterPass.run(.program(TestedProgram.program(["/bin/false"])))
    #expect(outcome.fault == "ended with status 1")
    #expect(round == nil)
  }
}
