// SPDX-License-Identifier: MIT

/// What changed from one profile to another, as a picture of the second: red is what takes a larger share of it than it took of
/// the first, blue what takes a smaller one.
public struct DifferentialFlamegraph {
  /// Measure 0 is before, measure 1 after.
  private let both: StackProfile
  private let measure: ProfileMeasure
  public var beforeName: String
  public var afterName: String
  public var title: String
  /// Whether shares of each whole are compared. When not, the counts are: two profiles then are of the same work.
  public var isNormalized: Bool

  /// - Throws: `differentMeasures` when one of the profiles does not count the measure.
  public init(
    before: StackProfile, named beforeName: String, after: StackProfile, named afterName: String,
    measure: ProfileMeasure, title: String, isNormalized: Bool = true
  ) throws(ProfilingError) {
    both = try StackProfile.comparing(before, with: after, measure: measure)
    self.measure = measure
    self.beforeName = beforeName
    self.afterName = afterName
    self.title = title
    self.isNormalized = isNormalized
  }

  public func write(to output: ProfileOutput) {
    let before = both.totals()
    let after = both.totals(measure: 1)
    let wholes = (before: Double(max(before[0], 1)), after: Double(max(after[0], 1)))
    let larger = max(wholes.before, wholes.after)
    let base = isNormalized ? wholes : (before: larger, after: larger)
    /// How much more of the whole a node takes.
    func change(_ node: Int) -> Double { Double(after[node]) / base.after - Double(before[node]) / base.before }
    let drawing = FlamegraphDrawing(both, widths: after)
    var largest = 0.0
    drawing.forEach { node, _, _, _ in largest = max(largest, abs(change(Int(node.position)))) }
    let page = FlamegraphPage(
      title: title,
      subtitle: "\(isNormalized ? "shares of " : "")\(measure.name): widths are \(afterName), "
        + "\(measure.text(of: after[0])); compared with \(beforeName), \(measure.text(of: before[0]))",
      legend: [
        (FlamegraphColors.color(ofDifference: 0.7), "more in \(afterName)"),
        (FlamegraphColors.color(ofDifference: -0.7), "less than in \(beforeName)"),
      ], rowCount: drawing.rowCount)
    page.writeHead(to: output)
    drawing.forEach { node, row, left, width in
      let position = Int(node.position)
      let change = change(position)
      let tooltip = [
        both.frame(of: node)?.placeText,
        "\(afterName) \(measure.text(of: after[position])), "
          + ProfileMeasure.percentText(Double(after[position]) / wholes.after),
        "\(beforeName) \(measure.text(of: before[position])), "
          + ProfileMeasure.percentText(Double(before[position]) / wholes.before),
        "change \(ProfileMeasure.percentText(change, isSigned: true)) of the whole",
      ]
      page.writeFrame(
        both.frame(of: node)?.function ?? "all", tooltip: tooltip.compactMap(\.self).joined(separator: "\n"), row: row,
        left: left, width: width,
        color: FlamegraphColors.color(ofDifference: largest == 0 ? 0 : change / largest), to: output)
    }
    page.writeFoot(to: output)
  }
}
