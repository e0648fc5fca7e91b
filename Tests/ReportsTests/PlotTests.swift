// SPDX-License-Identifier: MIT

import Testing

@testable import Reports

/// The arithmetic of figures.
@Suite struct PlotTests {
  @Test("ticks are round numbers within the domain, in the unit that they are written in")
  func ticks() {
    let linear = PlotScale(kind: .linear, domain: 0...10.4, ends: (0, 100))
    #expect(linear.ticks(5) == [0, 5, 10])
    #expect(linear.ticks(6) == [0, 2, 4, 6, 8, 10])
    let mebibyte = 1_048_576.0
    let sizes = PlotScale(kind: .linear, domain: 0...3.2 * mebibyte, ends: (0, 100))
    #expect(sizes.ticks(4, unit: mebibyte) == [0, mebibyte, 2 * mebibyte, 3 * mebibyte])
    let wide = PlotScale(kind: .logarithmic, domain: 0.5...2000, ends: (0, 100))
    #expect(wide.ticks(5).map { ($0 * 1000).rounded() } == [1000, 10_000, 100_000, 1_000_000])
    let near = PlotScale(kind: .logarithmic, domain: 0.92...1.27, ends: (0, 100))
    #expect(near.ticks(8).map { ($0 * 100).rounded() } == [95, 100, 105, 110, 115, 120, 125])
  }

  @Test("a logarithmic scale puts equal ratios at equal distances, and zero at its end")
  func logarithmic() {
    let scale = PlotScale(kind: .logarithmic, domain: 1...100, ends: (10, 210))
    #expect(scale.position(1) == 10 && abs(scale.position(10) - 110) < 1e-9 && abs(scale.position(100) - 210) < 1e-9)
    #expect(scale.position(0) == 10)
    #expect(abs(scale.clamped(5000) - 210) < 1e-9)
    let around = PlotScale.around([0, 2, -1, .infinity, 2], smallestSpan: 4, 0, 100)
    #expect(around.domain.contains(1.001) && around.domain.contains(3.999))
    #expect(abs(around.position(2) - 50) < 1e-9)
  }

  @Test("labels keep their order and do not overlap, within the range where there is room")
  func spread() {
    let places = PlotLabels.spread([50, 50, 51, 10], extents: [10, 10, 10, 10], within: 0...100)
    let sorted = places.sorted()
    #expect(places[3] == 10)
    for (lower, upper) in zip(sorted, sorted.dropFirst()) { #expect(upper - lower >= 10) }
    let crowded = PlotLabels.spread([98, 99, 100], extents: [12, 12, 12], within: 0...100)
    #expect(crowded == [70, 82, 94])
  }

  @Test("numbers of drawings have one digit after the point and no exponent")
  func numbers() {
    #expect(
      [1.25, -0.04, 3, -12.36, 1e-9, .nan, .infinity].map(SVGCanvas.number) == [
        "1.3", "0", "3", "-12.4", "0", "0", "0",
      ])
  }

  @Test("known allocators keep their colours, others take what is left, and no two of eight share one")
  func colors() {
    #expect(PlotColor.assigned(to: ["ace", "system"]) == PlotColor.assigned(to: ["system", "ace"]).reversed())
    let names = ["ace", "mine", "jemalloc", "other", "system", "mimalloc", "tcmalloc", "third"]
    #expect(Set(PlotColor.assigned(to: names)).count == names.count)
    #expect(PlotColor.assigned(to: names + ["ninth"]).allSatisfy(PlotColor.all.indices.contains))
  }

  @Test("the frontier has those that none beats in both, ties by time and memory once")
  func frontier() {
    func mark(_ label: String, _ time: Double, _ memory: Double) -> PlotFrontier.Mark {
      PlotFrontier.Mark(
        style: PlotStyle(color: 0, shape: .circle, series: 0), label: label, time: PlotPoint(value: time),
        memory: PlotPoint(value: memory), title: "")
    }
    let axis = PlotFrontier.Axis(title: "", unit: 1, text: PlotAxis.ratio)
    let plot = PlotFrontier(
      marks: [mark("lean", 9, 1), mark("beaten", 5, 6), mark("fast", 1, 8), mark("middle", 4, 5), mark("slow", 4, 7)],
      horizontal: axis, vertical: axis)
    #expect(plot.undominated.map(\.label) == ["fast", "middle", "lean"])
  }

  @Test("text is escaped for HTML and SVG, and cannot turn around what follows it")
  func markup() {
    #expect("plain text 1.5".markup == "plain text 1.5")
    #expect("<a href=\"x\">&'</a>".markup == "&lt;a href=&quot;x&quot;&gt;&amp;'&lt;/a&gt;")
    #expect("a\u{202e}b\u{0}c\nd".markup == "ab c d")
    #expect("größer µs".markup == "größer µs")
    #expect("random-mixed slots=8, 2 threads".slug == "random-mixed-slots-8-2-threads")
    #expect("../../<x>".slug == "x")
  }
}
