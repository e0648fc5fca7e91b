// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Testing

@Suite struct FidelitySummaryTests {
  /// Two rounds' worth of the same figures, or as many as wanted.
  private func summary(roundCount: Int, operationCountNow: UInt64?) -> FidelitySummary {
    var evidence = FidelityEvidence(
      name: "app", command: ["app", "1"], operationCount: 1000, operationCountNow: operationCountNow,
      allocators: ["system", "mine"])
    for _ in 0..<roundCount {
      evidence.add([
        "system": FidelityEvidence.Figures(
          programNanoseconds: 1e9, programPeakByteCount: 64e6, startNanoseconds: 1e6, replayNanoseconds: 2e8,
          replayPeakByteCount: 20e6),
        "mine": FidelityEvidence.Figures(
          programNanoseconds: 9e8, programPeakByteCount: nil, startNanoseconds: 2e6, replayNanoseconds: 1e8,
          replayPeakByteCount: 30e6),
      ])
    }
    return FidelitySummary([FidelityReport(evidence)])
  }

  @Test("tables have the program's difference beside the replay's")
  func tables() {
    let summary = summary(roundCount: 6, operationCountNow: 1001)
    #expect(
      summary.effects.render(.markdown)
        == """
        | trace | allocator | CPU time, program | by the replay | off by | which | peak RSS, program | by the replay | off by | which |
        | :--- | :--- | ---: | ---: | ---: | :--- | ---: | ---: | ---: | :--- |
        | app | mine | -10.0 % (-10.0 to -10.0) | -9.9 % (-9.9 to -9.9) | -0.1 % (-0.1 to -0.1) | agrees | – | – | – | – |

        """)
    #expect(
      summary.orders.render(.markdown)
        == """
        | trace | rounds | operations | recorded again | CPU time | peak RSS | order by CPU time | order by peak RSS |
        | :--- | ---: | ---: | ---: | ---: | ---: | :--- | :--- |
        | app | 6 | 1000 | 100.1 % | 1.00 s | 61.0 MiB | 1 of 1 pairs, tau 1.00 | 0 of 0 pairs |

        """)
    #expect(summary.sentences == [])
  }

  @Test("figures that are not there are empty, and no interval is none")
  func records() throws {
    let lines = summary(roundCount: 2, operationCountNow: nil).records.render(.csv).split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[1].hasPrefix("app,system,mine,time,2,1000,,1000000000.0,0.9"))
    #expect(lines[1].hasSuffix(",agrees,0,0,0,1.0"))
    #expect(lines[2] == "app,system,mine,memory,0,1000,,64000000.0,,,,,,,,,,,0,0,0,")
  }

  @Test("a program that does something else is told")
  func another() {
    #expect(
      summary(roundCount: 1, operationCountNow: 1100).sentences == [
        "app: the program makes 1100 operations now and 1000 in the trace: it is not the program that was recorded"
      ])
  }
}
