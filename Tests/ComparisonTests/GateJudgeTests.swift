// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Glibc
import Results
import TestSupport
import Testing

@Suite("The verdict on a gate's rows")
struct GateJudgeTests {
  static let loss = GateRows(ratios: [.head: 0.9], stages: [.screen, .confirm])

  @Test("sound rows have a verdict and no reasons")
  func sound() {
    #expect(GateRows().report.verdict == .pass)
    #expect(GateRows().report.reasons.isEmpty)
    #expect(Self.loss.report.verdict == .regress)
    #expect(Self.loss.report.reasons.isEmpty)
  }

  @Test("spoiled rows neither pass nor fail, and the reason names them", arguments: SpoiledRows.all)
  func spoiled(_ case: SpoiledRows) {
    for sound in [GateRows(), Self.loss] {
      var rows = sound
      `case`.spoil(&rows)
      let report = rows.report
      #expect(report.verdict == `case`.verdict)
      #expect(report.reasons.contains { $0.contains(`case`.words) }, "\(report.reasons)")
    }
  }

  @Test("rows that end early neither pass nor fail, wherever they end")
  func cutOff() {
    for sound in [GateRows(), Self.loss] {
      // Of the last round, what the first cell has is enough to judge that cell.
      for count in 0..<sound.samples.count - 2 {
        var rows = sound
        rows.samples.removeLast(sound.samples.count - count)
        let verdict = rows.report.verdict
        #expect(verdict != .regress && verdict != .pass, "\(count) rows")
      }
    }
  }

  @Test("superseded attempts change nothing")
  func superseded() {
    for sound in [GateRows(), Self.loss] {
      var rows = sound
      for index in 4...5 { rows.samples[index].attempt = 2 }
      var failed = Array(sound.samples[4...5])
      failed[0].metrics[.throughput] = .real(1)
      failed[1].outcome = Outcome(.timeout)
      failed[1].metrics = MetricValues()
      // The first attempt's rows come in front, and wherever else they may be.
      for place in [4, 0, 6, rows.samples.count] {
        var report = GateRows()
        report = rows
        report.samples.insert(contentsOf: failed, at: place)
        let (expected, found) = (sound.report, report.report)
        #expect(found.verdict == expected.verdict)
        #expect(found.reasons.isEmpty, "\(found.reasons)")
        #expect(found.findings == expected.findings && found.suites == expected.suites)
      }
    }
  }

  @Test("the order of rows within a round changes nothing", arguments: RoundOrder.allCases)
  func shuffled(order: RoundOrder) throws {
    let sound = GateRows(ratios: [.head: 0.9], stages: [.screen, .confirm], order: order)
    let expected = try Self.bytes(of: sound.report)
    #expect(sound.report.verdict == .regress)
    var random = SeededRandom(seed: 3)
    let rowsPerRound = 4 * order.runsPerArm
    for _ in 0..<20 {
      var rows = sound
      rows.samples = stride(from: 0, to: sound.samples.count, by: rowsPerRound).flatMap { start in
        sound.samples[start..<start + rowsPerRound].shuffled(using: &random)
      }
      #expect(try Self.bytes(of: rows.report) == expected)
    }
  }

  @Test("in mirrored rounds the two runs of an arm are averaged")
  func mirrored() throws {
    var rows = GateRows(order: .mirrored)
    rows.samples = []
    for (place, (role, speed)) in [(GateRole.base, 100.0), (.head, 105), (.head, 120), (.base, 110)].enumerated() {
      rows.samples.append(GateRows.sample("a", role, round: 1, place: place + 1, speed: speed))
    }
    let unit = GateUnit(cellIdentifier: "a", pass: .time)
    let round = try #require(rows.evidence.ledger.rounds(of: unit, in: .screen).first)
    let expected = (log(105.0) + log(120.0) - log(100.0) - log(110.0)) / 2
    #expect(abs((round.difference(.throughput) ?? 0) - expected) < 1e-12)
    #expect(!round.headRanFirst)
    rows.samples.removeLast()
    #expect(rows.evidence.ledger.rounds(of: unit, in: .screen).isEmpty)
    #expect(rows.report.reasons.contains { $0.contains("has no finished run of base") })
  }

  @Test(
    "a control that does not come out as it has to makes the gate invalid",
    arguments: [
      (0.9, 1.0, GateVerdict.pass, []), (0.9, 0.9, .invalid, [GateRole.baseCopy]),
      (1.0, 1.0, .invalid, [.baseSlowed]), (1.0, 0.9, .invalid, [.baseCopy, .baseSlowed]),
    ])
  func controls(slowed: Double, copy: Double, verdict: GateVerdict, failed: [GateRole]) {
    let report = GateRows(ratios: [.baseSlowed: slowed, .baseCopy: copy], controls: true).report
    #expect(report.verdict == verdict)
    #expect(report.controls.filter { !$0.hasHeld }.map(\.role) == failed)
    #expect(report.reasons.count == failed.count)
    #expect(report.controls.allSatisfy { $0.roundCount == GateRows.roundCount })
  }

  @Test("the place in the round is told where it matters more than the scatter")
  func slots() {
    var rows = GateRows()
    for index in rows.samples.indices {
      // Base and head take turns: were one always the second, nobody could tell its place from its speed.
      if rows.samples[index].round.isMultiple(of: 2) {
        rows.samples[index].orderInRound = 3 - rows.samples[index].orderInRound
      }
      if rows.samples[index].orderInRound == 2 { rows.samples[index].metrics[.throughput] = .real(0.99e6) }
    }
    let effects = rows.report.slotEffects
    #expect(effects.map(\.isLarge) == [true, true])
    #expect(effects.allSatisfy { abs($0.effect + 0.01) < 0.002 })
    #expect(rows.report.warnings.count == 2)
    #expect(GateRows(order: .mirrored).report.slotEffects.isEmpty)
  }

  /// Written by an encoder of its own, each time.
  private static func bytes(of report: GateReport) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return Array(try encoder.encode(report))
  }
}
