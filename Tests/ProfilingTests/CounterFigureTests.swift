// SPDX-License-Identifier: MIT

import Measurement
import Testing

@testable import Profiling

@Suite("Figures of counters")
struct CounterFigureTests {
  private func reading(_ value: UInt64, enabled: UInt64 = 100, running: UInt64 = 100, userOnly: Bool = false)
    -> Result<CounterReading, CounterAbsence>
  {
    .success(
      CounterReading(
        rawValue: value, enabledNanoseconds: enabled, runningNanoseconds: running, isUserOnly: userOnly))
  }

  private func number(_ figure: CounterFigure, _ round: CounterRound) -> Double? {
    (try? figure.value(in: round).get())?.number
  }

  private func absence(_ figure: CounterFigure, _ round: CounterRound) -> CounterAbsence? {
    if case .failure(let absence) = figure.value(in: round) { return absence }
    return nil
  }

  @Test("are scaled up to the time in which nothing was counted")
  func scaled() throws {
    let round = CounterRound(counters: [.cycles: reading(300, enabled: 1000, running: 250)], charges: [:])
    let value = try CounterFigure.counter(.cycles).value(in: round).get()
    #expect(value.number == 1200)
    #expect(value.countedFraction == 0.25)
    #expect(value.source == .counters)
  }

  @Test("that no counter was free for are no zeros")
  func notCounted() {
    let round = CounterRound(counters: [.cycles: reading(0, enabled: 1000, running: 0)], charges: [:])
    #expect(absence(.counter(.cycles), round) == .notCounted)
  }

  @Test("that are ratios need both counters")
  func ratios() {
    let ipc = CounterFigure.ratio(.instructions, by: .cycles)
    let both = CounterRound(counters: [.cycles: reading(200), .instructions: reading(300)], charges: [:])
    #expect(number(ipc, both) == 1.5)
    let one = CounterRound(counters: [.cycles: .failure(.notSupported), .instructions: reading(300)], charges: [:])
    #expect(absence(ipc, one) == .notSupported)
    let other = CounterRound(counters: [.cycles: reading(200), .instructions: .failure(.notPermitted)], charges: [:])
    #expect(absence(ipc, other) == .notPermitted)
    let empty = CounterRound(counters: [.cycles: reading(0), .instructions: reading(0)], charges: [:])
    #expect(absence(ipc, empty) == .notCounted)
  }

  @Test("come from the kernel's accounts where counters are refused or see a part")
  func substituted() throws {
    let charges: [CounterRound.Charge: Double] = [
      .userTime: 70, .systemTime: 30, .minorFaults: 5, .majorFaults: 2, .contextSwitches: 4,
    ]
    let refused = CounterRound(
      counters: [.taskClock: .failure(.notPermitted), .pageFaults: reading(3, userOnly: true)], charges: charges)
    let time = try CounterFigure.counter(.taskClock).value(in: refused).get()
    #expect(time == CounterValue(number: 100, source: .charges))
    #expect(number(.counter(.pageFaults), refused) == 7)
    #expect(number(.counter(.contextSwitches), refused) == 4)
    // The kernel keeps no account of these.
    #expect(absence(.counter(.processorMigrations), refused) == .failed)
    let counted = CounterRound(counters: [.pageFaults: reading(9)], charges: charges)
    #expect(try CounterFigure.counter(.pageFaults).value(in: counted).get().source == .counters)
  }

  @Test("of the processor are shown without the kernel's part where that is all there is")
  func userOnly() throws {
    let round = CounterRound(counters: [.cycles: reading(8, userOnly: true)], charges: [.userTime: 1])
    #expect(try CounterFigure.counter(.cycles).value(in: round).get().isUserOnly)
  }
}
