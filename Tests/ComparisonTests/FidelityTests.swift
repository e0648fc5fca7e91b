// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Testing

@Suite("A replay beside its program")
struct FidelityTests {
  /// A program that takes a second and 100 MiB with the base, and what an allocator adds to it and to its replay.
  private struct Allocator {
    var name: String
    var milliseconds: Double
    var replayMilliseconds: Double
    var startMilliseconds = 0.0
    var mebibytes: Double? = 0
    var replayMebibytes = 0.0
  }

  /// Rounds whose program scatters by up to 0.1 %, all allocators alike but for their own share.
  private func evidence(_ allocators: [Allocator], roundCount: Int = 10) -> FidelityEvidence {
    var evidence = FidelityEvidence(
      name: "app", command: ["app"], operationCount: 1000, operationCountNow: 1020,
      allocators: ["base"] + allocators.map(\.name))
    let all = [Allocator(name: "base", milliseconds: 0, replayMilliseconds: 0)] + allocators
    for round in 0..<roundCount {
      // Places in the round, so that no two allocators have the same noise.
      let figures = all.enumerated().map { place, allocator in
        let noise = Double((round * 7 + place * 3) % 11 - 5) / 5 * 0.5e6
        return (
          allocator.name,
          FidelityEvidence.Figures(
            programNanoseconds: 1e9 + allocator.milliseconds * 1e6 + noise,
            programPeakByteCount: allocator.mebibytes.map { (100 + $0) * 0x100000 },
            startNanoseconds: 1e6 + allocator.startMilliseconds * 1e6,
            replayNanoseconds: 2e8 + allocator.replayMilliseconds * 1e6 + noise / 5,
            replayPeakByteCount: (10 + allocator.replayMebibytes) * 0x100000)
        )
      }
      evidence.add(Dictionary(uniqueKeysWithValues: figures))
    }
    return evidence
  }

  private func effect(_ allocator: Allocator, _ quantity: FidelityQuantity, roundCount: Int = 10) -> FidelityEffect? {
    FidelityEffect(evidence([allocator], roundCount: roundCount), quantity, candidate: allocator.name, base: "base")
  }

  @Test("the replay's difference is laid on what the program takes, with what starting takes")
  func prediction() throws {
    let time = try #require(
      effect(Allocator(name: "a", milliseconds: -90, replayMilliseconds: -100, startMilliseconds: 10), .time))
    #expect(abs(exp(time.program.centre) - 0.91) < 0.001)
    #expect(abs(exp(time.replay.centre) - 0.91) < 0.001)
    #expect(abs(time.discrepancy.centre) < 0.001)
    #expect(time.verdict == .agrees)
    #expect(time.program.direction == -1)
    #expect(time.replay.direction == -1)
    #expect(time.roundCount == 10)
    let memory = try #require(
      effect(
        Allocator(name: "a", milliseconds: 0, replayMilliseconds: 0, mebibytes: 30, replayMebibytes: 25), .memory))
    #expect(abs(exp(memory.program.centre) - 1.3) < 1e-9)
    #expect(abs(exp(memory.replay.centre) - 1.25) < 1e-9)
    #expect(abs(exp(memory.discrepancy.centre) - 1.3 / 1.25) < 1e-9)
    #expect(memory.verdict == .direction)
  }

  @Test(
    "it is said how far the two go together",
    arguments: [
      (100, 95, .agrees), (5, -5, .agrees), (100, 50, .direction), (-100, 100, .contradicts), (100, 0, .misses),
      (0, -100, .misses),
    ] as [(Double, Double, FidelityEffect.Verdict)])
  func verdicts(program: Double, replay: Double, verdict: FidelityEffect.Verdict) throws {
    let allocator = Allocator(name: "a", milliseconds: program, replayMilliseconds: replay)
    #expect(try #require(effect(allocator, .time)).verdict == verdict)
  }

  @Test("few rounds have no interval, and tell agreement only")
  func few() throws {
    let alike = try #require(effect(Allocator(name: "a", milliseconds: 9, replayMilliseconds: 9), .time, roundCount: 3))
    #expect(alike.program.interval == nil)
    #expect(alike.verdict == .agrees)
    let apart = Allocator(name: "a", milliseconds: 100, replayMilliseconds: 0)
    #expect(try #require(effect(apart, .time, roundCount: 3)).verdict == .unclear)
  }

  @Test("rounds that scatter widely tell nothing, however small the difference of their centres is")
  func noisy() throws {
    var evidence = FidelityEvidence(
      name: "app", command: ["app"], operationCount: 1, operationCountNow: nil, allocators: ["base", "a"])
    for round in 0..<10 {
      func figures(_ nanoseconds: Double) -> FidelityEvidence.Figures {
        FidelityEvidence.Figures(
          programNanoseconds: nanoseconds, programPeakByteCount: nil, startNanoseconds: 0, replayNanoseconds: 1e8,
          replayPeakByteCount: 1)
      }
      evidence.add(["base": figures(1e9), "a": figures(round % 2 == 0 ? 8e8 : 1.25e9)])
    }
    let effect = try #require(FidelityEffect(evidence, .time, candidate: "a", base: "base"))
    #expect(abs(effect.discrepancy.centre) < 0.02)
    #expect(effect.verdict == .unclear)
  }

  @Test("what was not measured has no effect")
  func missing() {
    let short = Allocator(name: "a", milliseconds: 1, replayMilliseconds: 1, mebibytes: nil)
    #expect(effect(short, .memory) == nil)
    #expect(effect(short, .time, roundCount: 0) == nil)
    // Less than nothing is left of the program.
    #expect(effect(Allocator(name: "a", milliseconds: 1, replayMilliseconds: -1500), .time) == nil)
  }

  @Test("pairs that the program tells apart are looked for in the replay's order")
  func order() {
    let report = FidelityReport(
      evidence([
        Allocator(name: "fast", milliseconds: -100, replayMilliseconds: -50, mebibytes: 40, replayMebibytes: 1),
        Allocator(name: "slow", milliseconds: 100, replayMilliseconds: 80, mebibytes: 20, replayMebibytes: 2),
        Allocator(name: "alike", milliseconds: 0, replayMilliseconds: -20, mebibytes: 0, replayMebibytes: 3),
      ]))
    // The base and the one that is like it are no pair.
    #expect(report.timeOrder.pairCount == 5)
    #expect(report.timeOrder.sameCount == 5)
    #expect(report.timeOrder.oppositeCount == 0)
    #expect(report.memoryOrder.pairCount == 5)
    #expect(report.memoryOrder.sameCount == 2)
    #expect(report.memoryOrder.oppositeCount == 3)
    #expect(report.findings.map(\.allocator) == ["fast", "slow", "alike"])
    #expect(report.roundCount == 10)
    #expect(report.recordedAgain == 1.02)
    #expect(!report.isOfAnotherProgram)
  }

  @Test("a round that lacks an allocator counts for the others")
  func gaps() {
    var evidence = evidence([
      Allocator(name: "a", milliseconds: 50, replayMilliseconds: 50),
      Allocator(name: "b", milliseconds: -50, replayMilliseconds: -50),
    ])
    evidence.add(evidence.rounds[0].filter { $0.key != "b" })
    let report = FidelityReport(evidence)
    #expect(report.findings.map { $0.time?.roundCount } == [11, 10])
    #expect(report.timeOrder.pairCount == 3)
  }
}
