// SPDX-License-Identifier: MIT

import Reports
import Results
import Testing

@Suite struct SweepSummaryTests {
  func summary(_ samples: [Sample]) -> SweepSummary {
    var summary = SweepSummary()
    for sample in samples { summary.add(sample) }
    return summary
  }

  /// Three rounds of two allocators and the floor.
  static let sweep: [Sample] = (1...3).flatMap { round in
    Samples.passes(
      "system", round: round, throughput: 1e7 + Double(round), net: 90, mallocP99: 400, peak: 64 * 1_048_576)
      + Samples.passes(
        "mimalloc", round: round, throughput: 2e7, net: 40 + Double(round), mallocP99: 120, peak: 80 * 1_048_576)
      + Samples.passes("null", round: round, throughput: 5e8, net: 0, mallocP99: 20, peak: 1_048_576)
  }

  @Test("medians by allocator, the best of the real ones marked, ties as printed both")
  func plain() {
    #expect(
      summary(Self.sweep.reversed()).render(.plain) == """
        larson, 2 threads, touch page, blocks=100, medians of 3 rounds
        allocator  throughput    net/op   p99 malloc   p99 free   peak RSS   fragmentation
        mimalloc     20.0 M/s*  42.0 ns*      120 ns*   25.0 ns*  80.0 MiB            1.25*
        system       10.0 M/s   90.0 ns       400 ns    25.0 ns*  64.0 MiB*           1.25*
        null          500 M/s         –      20.0 ns    25.0 ns   1.00 MiB               –

        """)
  }

  @Test("Markdown has a heading and a table")
  func markdown() {
    #expect(
      summary(Self.sweep).render(.markdown) == """
        ### larson, 2 threads, touch page, blocks=100, medians of 3 rounds

        | allocator | throughput | net/op | p99 malloc | p99 free | peak RSS | fragmentation |
        | :--- | ---: | ---: | ---: | ---: | ---: | ---: |
        | mimalloc | **20.0 M/s** | **42.0 ns** | **120 ns** | **25.0 ns** | 80.0 MiB | **1.25** |
        | system | 10.0 M/s | 90.0 ns | 400 ns | **25.0 ns** | **64.0 MiB** | **1.25** |
        | null | 500 M/s | – | 20.0 ns | 25.0 ns | 1.00 MiB | – |

        """)
  }

  @Test("what differs between rows becomes a column, and each workload a table")
  func keys() {
    let samples = [
      Samples.make("ace", [.throughput: 1e6], switches: "front=on"),
      Samples.make("ace", [.throughput: 2e6], switches: "front=off"),
      Samples.make("ace", [.throughput: 3e6], threads: 1, switches: "front=on"),
      Samples.make("system", [.throughput: 4e6], workload: "idle", parameters: "", threads: 1),
    ]
    #expect(
      summary(samples).render(.plain) == """
        idle, 1 thread, touch page, 1 round
        allocator  throughput  net/op  p99 malloc  p99 free  peak RSS  fragmentation
        system       4.00 M/s       –           –         –         –              –

        larson, touch page, blocks=100, 1 round
        allocator  switches   threads  throughput   net/op  p99 malloc  p99 free  peak RSS  fragmentation
        ace        front=on         1    3.00 M/s        –           –         –         –              –
        ace        front=off        2    2.00 M/s*       –           –         –         –              –
        ace        front=on         2    1.00 M/s        –           –         –         –              –

        """)
  }

  @Test("failures are told in the table when there is nothing else, and below it otherwise")
  func failures() {
    let samples = [
      Samples.make("a", [:], round: 1, outcome: Outcome(.crash, signal: 11)),
      Samples.make("a", [:], pass: .memory, round: 1, outcome: Outcome(.timeout)),
      Samples.make("b", [.throughput: 1e6], round: 1), Samples.make("b", [:], round: 2, outcome: Outcome(.oom)),
      Samples.make("c", [:], round: 1, outcome: Outcome(.exit, exitCode: 3)),
      Samples.make("c", [.throughput: 2e6], round: 1, attempt: 2),
      Samples.make("d", [:], round: 1, outcome: Outcome(.unserved)),
    ]
    #expect(
      summary(samples).render(.plain) == """
        larson, 2 threads, touch page, blocks=100, 1 round
        allocator         throughput   net/op  p99 malloc  p99 free  peak RSS  fragmentation
        a          crash (signal 11)        –           –         –   timeout              –
        b                   1.00 M/s        –           –         –         –              –
        c                   2.00 M/s*       –           –         –         –              –
        d                   unserved        –           –         –         –              –
        b: 1 of 2 time runs failed, the last by out of memory

        """)
  }

  @Test("an attempt that was superseded does not count, in whatever order the rows come", arguments: [false, true])
  func superseded(isReversed: Bool) {
    let rows = [Samples.make("a", [.throughput: 1e6]), Samples.make("a", [.throughput: 3e6], attempt: 2)]
    let text = summary(isReversed ? rows.reversed() : rows).render(.plain)
    #expect(text.contains("3.00 M/s"))
    #expect(!text.contains("1.00 M/s"))
  }

  @Test("a workload that nothing finished says so")
  func nothingFinished() {
    let text = summary([Samples.make("a", [:], outcome: Outcome(.timeout))]).render(.plain)
    #expect(text.hasPrefix("larson, 2 threads, touch page, blocks=100, no round finished\n"))
  }

  @Test("no samples are no tables")
  func empty() { #expect(SweepSummary().render(.plain).isEmpty) }
}
