// SPDX-License-Identifier: MIT

import Results
import Testing

@testable import Reports

@Suite("What ACE's engine decided is told as a timeline, with why there is none")
struct DecisionTimelineTests {
  private static let applied = EngineDecision(
    sequence: 4, milliseconds: 350, epoch: 3, subject: "carve-pages", classByteCount: 64, oldValue: 1, newValue: 4,
    wasApplied: true, oldCost: 3.25, newCost: 1.5, reason: "won 3 of 4 epochs")
  private static let observed = EngineDecision(
    sequence: 5, milliseconds: 1400, epoch: 9, subject: "tick-ms", oldValue: 50, newValue: 100, wasApplied: false,
    reason: "only 1 refills in 8 ticks")
  private static let kept = EngineDecision(
    sequence: 6, milliseconds: 1500, epoch: 10, subject: "tick-ms", oldValue: 50, newValue: 50, wasApplied: false,
    oldCost: 0, newCost: -1, reason: "won only 1 of 4 epochs")

  private static let lost = EngineDecision(
    sequence: 1, milliseconds: 710, epoch: 36, subject: "warm-slabs", oldValue: 2, newValue: 4, wasApplied: false,
    oldCost: 4.74, newCost: 4.76, reason: "won only 6 of 18 pairs of epochs")

  private func timeline(
    _ decisions: [EngineDecision], _ process: [String: UInt64], passes: [Pass] = [.time],
    rounds: ClosedRange<UInt32> = 1...1
  ) -> DecisionTimeline {
    var timeline = DecisionTimeline()
    for pass in passes {
      for round in rounds {
        let sample = Samples.make("ace", [:], switches: "engine=on", pass: pass, round: round)
        timeline.add(ACEFigures(process: process, decisions: decisions), of: sample)
      }
    }
    return timeline
  }

  private func lines(_ timeline: DecisionTimeline) -> [String] {
    timeline.render(.plain).split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }

  @Test("each decision with when, what, from, to, costs and why, and what became of it")
  func timelines() {
    let timeline = timeline([Self.applied, Self.observed, Self.kept], ["engine_mode": 2, "decision_count": 6])
    #expect(
      lines(timeline) == [
        "ACE's decisions: larson, 2 threads, blocks=100, ace [engine=on], time pass",
        "time epoch decision blocks from to cost before after why",
        "350 ms 3 set carve-pages 64 B 1 4 3.25 1.50 won 3 of 4 epochs",
        "1400 ms 9 would set tick-ms all 50 100 – – only 1 refills in 8 ticks",
        "1500 ms 10 keep tick-ms all 50 50 0 -1.00 won only 1 of 4 epochs",
        "the first 3 of 6 decisions are no longer known",
      ])
  }

  @Test("a rival that has lost its contest was tried, and is not what the engine would set")
  func lostContest() {
    let line = lines(timeline([Self.lost], ["engine_mode": 2, "decision_count": 1])).first { $0.contains("warm-slabs") }
    #expect(line == "710 ms 36 tried warm-slabs all 2 4 4.74 4.76 won only 6 of 18 pairs of epochs")
  }

  @Test("an engine that observes has changed nothing")
  func observing() {
    let last = lines(timeline([Self.observed], ["engine_mode": 1, "decision_count": 5])).last
    #expect(last == "the engine only observed: nothing was changed; --switch engine=on applies what it decides")
  }

  @Test("what differs in the size class alone is a line, and what comes between parts it")
  func manyClasses() {
    func decision(_ byteCount: UInt64?, reason: String = "slabs stay") -> EngineDecision {
      EngineDecision(
        sequence: 1, milliseconds: 32, epoch: 4, subject: "keep-slabs", classByteCount: byteCount,
        oldValue: 1, newValue: 0, wasApplied: true, reason: reason)
    }
    let timeline = timeline(
      [
        decision(16), decision(32), decision(96), decision(112, reason: "other"), decision(128), decision(nil),
        decision(nil),
      ],
      ["engine_mode": 2])
    #expect(
      lines(timeline).dropFirst(2) == [
        "32 ms 4 set keep-slabs 16 to 96 B, 3 classes 1 0 – – slabs stay",
        "32 ms 4 set keep-slabs 112 B 1 0 – – other", "32 ms 4 set keep-slabs 128 B 1 0 – – slabs stay",
        "32 ms 4 set keep-slabs all 1 0 – – slabs stay", "32 ms 4 set keep-slabs all 1 0 – – slabs stay",
      ])
  }

  @Test("of many processes one is told, the first round of the first pass")
  func oneProcess() {
    let timeline = timeline([Self.applied], ["engine_mode": 2], passes: [.memory, .latency], rounds: 2...4)
    #expect(lines(timeline).first?.hasSuffix("memory pass, round 2 of 3") == true)
    #expect(lines(timeline).filter { $0.contains("carve-pages") }.count == 1)
    #expect(timeline.records.records.count == 6)
  }

  @Test(
    "why there are none",
    arguments: [
      ([:], "none: this library has no engine"),
      (["engine_mode": 0], "none: the engine is off; --switch engine=on lets it decide"),
      (
        ["engine_mode": 1, "observation_count": 0, "tick_count": 0],
        "none: the run was over before ACE's first tick; --repeat makes it longer"
      ),
      (
        ["engine_mode": 2, "observation_count": 0, "tick_count": 7],
        "none: in 7 ticks no thread had anything for the engine to go by"
      ),
      (["engine_mode": 2, "observation_count": 1], "none: in 1 observation the engine found nothing to change"),
      (
        ["engine_mode": 1, "observation_count": 20],
        "none: in 20 observations the engine found nothing to change; it only observes, and --switch engine=on has it "
          + "try more"
      ),
    ] as [([String: UInt64], String)])
  func none(process: [String: UInt64], words: String) {
    #expect(lines(timeline([], process)).dropFirst() == [words])
    #expect(timeline([], process).records.records.isEmpty)
  }

  @Test("records have all that a decision has")
  func records() {
    let table = timeline([Self.applied, Self.observed], ["engine_mode": 2]).records
    #expect(
      table.render(.csv) == """
        workload,parameters,threads_count,touch,pass,allocator,switches,round,decision,milliseconds,epoch,subject,\
        class_bytes,old_value,new_value,was_applied,old_cost,new_cost,reason
        larson,blocks=100,2,page,time,ace,engine=on,1,4,350,3,carve-pages,64,1,4,1,3.25,1.5,won 3 of 4 epochs
        larson,blocks=100,2,page,time,ace,engine=on,1,5,1400,9,tick-ms,,50,100,0,,,only 1 refills in 8 ticks

        """)
  }

  @Test("without ACE there is nothing")
  func empty() {
    #expect(DecisionTimeline().isEmpty)
    #expect(DecisionTimeline().render(.plain) == "")
    #expect(!timeline([], [:]).isEmpty)
  }
}
