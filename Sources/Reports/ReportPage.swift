// SPDX-License-Identifier: MIT

import Results

/// Results as one page of HTML that needs nothing else: no network, no files beside it, and its script only for comfort.
public struct ReportPage {
  private let model: ReportModel
  private let title: String
  private let command: String
  private let sections: [ReportSection]

  /// - Parameters:
  ///   - title: Nil for the results' names.
  ///   - command: What was typed to make the page.
  ///   - base: Chooses what the others of a result are held against, among its competitors; nil for the C library's malloc,
  ///     or what has the fewest switches.
  public init(
    _ results: [ReportResult], title: String? = nil, command: String, base: (([Arm]) -> Arm?)? = nil
  ) {
    model = ReportModel(results, base: base ?? Self.usualBase)
    self.title = title ?? "Allocators compared: " + results.map(\.name).joined(separator: ", ")
    self.command = command
    let hasFigures = results.contains(where: \.hasFigures)
    let measured: [ReportSection?] =
      hasFigures
      ? [
        ReportSummary(model: model).section(), ReportFrontier(model: model).section(),
        ReportMetricSection.throughput(model).section(), ReportMetricSection.memory(model).section(),
        ReportTimelines(model: model).section(), ReportLatency(model: model).section(),
      ] : []
    let rest: [ReportSection?] =
      hasFigures
      ? [
        ReportGaps(model: model).section(), ReportEnvironment(model: model).section(),
        ReportFigures(model: model).section(),
      ] : []
    // An ablation's effects are what its rows are for.
    let ablation = ReportAblation(model: model).section()
    let place = results.contains(where: \.hasEffects) ? min(1, measured.count) : measured.count
    sections = (measured[..<place] + [ablation] + measured[place...] + rest).compactMap(\.self)
  }

  /// The C library's malloc where it was measured, else what has the fewest switches.
  public static func usualBase(_ arms: [Arm]) -> Arm? {
    arms.first { $0 == Arm(allocator: "system") }
      ?? arms.min { ($0.switches.count, $0.allocator, $0.switches) < ($1.switches.count, $1.allocator, $1.switches) }
  }

  /// All figures of the page, each with a name that no other has.
  public var figures: [PlotFigure] { sections.flatMap(\.figures) }

  public func render() -> String {
    let script = ReportScript.policy
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline'\
      \(script.map { ";script-src '\($0)'" } ?? "")">
      <title>\(title.markup)</title>
      <style>\(ReportStyleSheet.text)\(toggles)</style>
      </head>
      <body>
      \(header)
      <div class="body">
      \(aside)
      <main>
      \(sections.map(Self.markup).joined())
      \(footer)
      </main>
      </div>
      \(script == nil ? "" : "<script>\(ReportScript.text)</script>")
      </body>
      </html>

      """
  }

  private static func markup(_ section: ReportSection) -> String {
    "<section id=\"\(section.identifier)\"><h2>\(section.title.markup)</h2>\n\(section.markup)</section>\n"
  }

  private var header: String {
    let facts = model.results.map { result in
      let facts = result.rows.facts
      let name = model.results.count > 1 ? result.name + ": " : ""
      let effects = result.hasEffects ? "\(result.effects.count) effects" : ""
      return name
        + [
          facts.rowCount > 0 ? AblationWords.count(result.rows.cells.count, "workload") : "",
          facts.rowCount > 0 ? "\(facts.rowCount) processes" : "", effects, facts.machines, facts.days, facts.harnesses,
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
    let gaps = ReportGaps(model: model).headline
    let warning = gaps.isEmpty ? "" : "<p class=\"warning\"><a href=\"#gaps\">\(gaps.markup)</a></p>"
    return "<header><h1>\(title.markup)</h1>" + facts.map { "<p>\($0.markup)</p>" }.joined() + warning + "</header>"
  }

  /// The table of contents, who is who, and light or dark.
  private var aside: String {
    let contents = sections.map { "<li><a href=\"#\($0.identifier)\">\($0.title.markup)</a></li>" }.joined()
    let arms = model.competitors.map { arm in
      let style = model.names.style(arm)
      let label = Self.key(
        style, model.names.label(arm) + (model.isBase(arm) && model.competitors.count > 1 ? " (base)" : ""))
      return
        "<li><label><input type=\"checkbox\" id=\"show-\(style.series)\" checked autocomplete=\"off\">\(label)</label></li>"
    }.joined()
    let themes = [("auto", "As the system"), ("light", "Light"), ("dark", "Dark")].map { value, words in
      let isChosen = value == "auto" ? " checked" : ""
      return
        "<label><input type=\"radio\" name=\"theme\" id=\"theme-\(value)\"\(isChosen) autocomplete=\"off\"><span>\(words)</span></label>"
    }.joined()
    return """
      <aside><nav aria-label="Contents"><ul>\(contents)</ul></nav>
      \(arms.isEmpty ? "" : "<div class=\"arms\" role=\"group\" aria-label=\"Allocators\"><p>Allocators</p><ul>\(arms)</ul></div>")
      <div class="themes" role="group" aria-label="Colours"><p>Colours</p>\(themes)</div></aside>
      """
  }

  private var footer: String {
    "<footer><p>Made by</p><pre>\(command.markup)</pre></footer>"
  }

  /// What hides an allocator whose box is not ticked.
  private var toggles: String {
    model.competitors.map { arm in
      let series = model.names.style(arm).series
      return ":root:has(#show-\(series):not(:checked)) .series.s\(series){opacity:.07;pointer-events:none}"
    }.joined(separator: "\n")
  }

  /// A name with its mark before it, in its colour.
  static func key(_ style: PlotStyle, _ label: String, isFloor: Bool = false) -> String {
    guard !isFloor else { return label.markup }
    let mark = style.shape.path(7, 7, size: 4.2)
    return
      "<span class=\"key\"><svg class=\"plot\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"\(style.markClasses)\" d=\"\(mark)\"/></svg>\(label.markup)</span>"
  }
}
