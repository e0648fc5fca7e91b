// SPDX-License-Identifier: MIT

import Reports
import Results
import Testing

@Suite struct ComparisonSummaryTests {
  func sentences(_ samples: [Sample], reference: String? = nil) -> [String] {
    var summary = ComparisonSummary(reference: reference.map { Arm(allocator: $0) })
    for sample in samples { summary.add(sample) }
    return summary.sentences()
  }

  /// Rounds whose level drifts, as machines do, with a steady ratio between the allocators.
  static func rounds(_ count: UInt32, speed: Double = 1.31, memory: Double = 0.62) -> [Sample] {
    (1...count).flatMap { round in
      let level = 1e6 * (1 + Double(round) / 4)
      let wobble = 1 + 0.01 * (Double(round % 3) - 1)
      return [
        Samples.make("system", [.throughput: level], round: round),
        Samples.make("mimalloc", [.throughput: level * speed * wobble], round: round),
        Samples.make("null", [.throughput: level * 50], round: round),
        Samples.make("system", [.residentPeak: 5e7], pass: .memory, round: round),
        Samples.make("mimalloc", [.residentPeak: 5e7 * memory * wobble], pass: .memory, round: round),
      ]
    }
  }

  @Test("the fastest is compared with every other, by pairs, with intervals")
  func faster() {
    #expect(
      sentences(Self.rounds(12)) == [
        "mimalloc ran 1.31 (1.30 to 1.32) times faster than system",
        "mimalloc used 0.62 (0.62 to 0.62) times the peak memory of system",
      ])
  }

  @Test("every other is compared with the reference asked for")
  func reference() {
    #expect(
      sentences(Self.rounds(12), reference: "mimalloc") == [
        "system ran 1.31 (1.30 to 1.32) times slower than mimalloc",
        "system used 1.61 (1.60 to 1.62) times the peak memory of mimalloc",
      ])
  }

  @Test("a difference within the noise is none")
  func same() {
    #expect(
      sentences(Self.rounds(12, speed: 1.001), reference: "system").first
        == "mimalloc ran as fast as system within the noise: 1.00 (1.00 to 1.01) times its speed")
  }

  @Test("fewer than six rounds have a median and no interval")
  func few() {
    #expect(
      sentences(Self.rounds(3), reference: "system") == [
        "mimalloc ran 1.31 times faster than system (median of 3 rounds; no 95 % interval exists for fewer than 6)",
        "mimalloc used 0.62 times the peak memory of system "
          + "(median of 3 rounds; no 95 % interval exists for fewer than 6)",
      ])
    #expect(
      sentences(Self.rounds(1, speed: 0.5), reference: "system").first
        == "mimalloc ran 2.00 times slower than system (1 round; no 95 % interval exists for fewer than 6)")
    let equal = [Samples.make("a", [.throughput: 5]), Samples.make("b", [.throughput: 5])]
    #expect(
      sentences(equal, reference: "a")
        == ["b ran as fast as a (1 round; no 95 % interval exists for fewer than 6)"])
  }

  @Test("only rounds that both finished are paired, and one that finished none is named")
  func unfinished() {
    var samples = Self.rounds(7).filter { $0.pass == .time }
    samples.append(Samples.make("mimalloc", [:], round: 7, attempt: 2, outcome: Outcome(.timeout)))
    samples.append(Samples.make("ace", [:], outcome: Outcome(.crash, signal: 6)))
    let result = sentences(samples, reference: "system")
    #expect(result.count == 2)
    #expect(result.first?.hasPrefix("mimalloc ran 1.31 (1.30 to 1.32) times faster") == true)
    #expect(result.last == "ace finished no round: crash (signal 6)")
  }

  @Test("with several cells each sentence says which it is about")
  func cells() {
    let samples = [1, 2].flatMap { threads in
      [
        Samples.make("a", [.throughput: 1], threads: threads),
        Samples.make("b", [.throughput: 4], threads: threads, switches: "front=off"),
      ]
    }
    #expect(
      sentences(samples) == [
        "larson, 1 thread, blocks=100: b [front=off] ran 4.00 times faster than a "
          + "(1 round; no 95 % interval exists for fewer than 6)",
        "larson, 2 threads, blocks=100: b [front=off] ran 4.00 times faster than a "
          + "(1 round; no 95 % interval exists for fewer than 6)",
      ])
  }
}
