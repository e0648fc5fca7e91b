// SPDX-License-Identifier: MIT

/// One measure of a profile as a picture: a rectangle for each function in each place from which it was called, as wide as what
/// was counted in it and in what it called, standing on its caller.
public struct Flamegraph {
  public var profile: StackProfile
  /// The index of the measure.
  public var measure: Int
  public var title: String

  public init(_ profile: StackProfile, measure: Int = 0, title: String? = nil) {
    precondition(profile.measures[measure].isAdditive, "widths of callers are sums")
    self.profile = profile
    self.measure = measure
    self.title = title ?? profile.title
  }

  public func write(to output: ProfileOutput) {
    let totals = profile.totals(measure: measure)
    let whole = totals[0]
    let facts = profile.measures[measure]
    let drawing = FlamegraphDrawing(profile, widths: totals)
    let page = FlamegraphPage(
      title: title, subtitle: "\(facts.name): \(facts.text(of: whole)) in all", legend: legend(facts.unit),
      rowCount: drawing.rowCount)
    // Of a million stacks only thousands of frames are wide enough to need one.
    var colors: [UInt32: String] = [:]
    page.writeHead(to: output)
    drawing.forEach { node, row, left, width in
      let value = totals[Int(node.position)]
      var tooltip = "\(facts.text(of: value)), \(ProfileMeasure.percentText(Double(value) / Double(max(whole, 1))))"
      guard let frame = profile.frame(of: node) else {
        page.writeFrame(
          "all", tooltip: tooltip, row: row, left: left, width: width, color: FlamegraphColors.everything, to: output)
        return
      }
      let own = profile.ownValue(of: node, measure: measure)
      if own != 0, own != value { tooltip += ", of it \(facts.text(of: own)) by itself" }
      let position = profile.tree.nodes[Int(node.position)].frame
      let color = colors[position] ?? FlamegraphColors.color(of: frame, unit: facts.unit)
      colors[position] = color
      page.writeFrame(
        frame.function, tooltip: frame.placeText + "\n" + tooltip, row: row, left: left, width: width, color: color,
        to: output)
    }
    page.writeFoot(to: output)
  }

  private func legend(_ unit: ProfileMeasure.Unit) -> [(color: String, words: String)] {
    var legend = [(unit == .bytes ? FlamegraphColors.bytes : FlamegraphColors.user, "program")]
    if profile.frames.contains(where: { $0.origin == .kernel }) { legend.append((FlamegraphColors.kernel, "kernel")) }
    if profile.frames.contains(where: \.isNameless) { legend.append((FlamegraphColors.nameless, "no symbol")) }
    return legend
  }
}
