// SPDX-License-Identifier: MIT

import Reports
import Testing

@Suite struct BarChartTests {
  @Test("the longest bar fills the width, and a small value still shows")
  func chart() {
    let chart = BarChart(bars: [
      .init(label: "≤ 16", value: 1000, note: "1000"), .init(label: "≤ 128", value: 530, note: "530"),
      .init(label: "≤ 1024", value: 1, note: "1"), .init(label: "more", value: 0, note: "0"),
    ])
    #expect(
      chart.render(width: 22) == """
          ≤ 16 1000 ██████████
         ≤ 128  530 █████▎
        ≤ 1024    1 ▏
          more    0

        """)
  }

  @Test("bars of nothing are no bars")
  func nothing() {
    #expect(BarChart(bars: [.init(label: "a", value: 0, note: "0")]).render(width: 40) == "a 0\n")
    #expect(BarChart(bars: []).render(width: 40).isEmpty)
  }
}
