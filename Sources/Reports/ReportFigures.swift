// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Every figure as a number, and how each comes about.
struct ReportFigures {
  let model: ReportModel
  /// A table for each pass, so that paper is wide enough.
  private static let shown: [(pass: Pass, metrics: [Metric])] = [
    (
      .time,
      [
        .throughput, .throughputPerCPU, .grossPerOperation, .netPerOperation, .minorFaults, .systemTime, .syncWait,
      ]
    ),
    (
      .memory,
      [
        .residentPeak, .livePeak, .fragmentation, .internalFragmentation, .memoryEfficiencyArea, .residentEnd,
        .residentDrained100Milliseconds, .residentDrained1Second, .residentDrained5Seconds,
      ]
    ), (.latency, [.mallocP50, .mallocP99, .mallocP999, .mallocMaximum, .freeP50, .freeP99, .freeP999, .freeMaximum]),
  ]

  func section() -> ReportSection? {
    guard model.results.contains(where: \.hasFigures) else { return nil }
    var section = ReportSection("figures", "All figures")
    let shown = Self.shown.map { (pass: $0.pass, metrics: $0.metrics.filter(model.has)) }
    section.paragraph(
      "Medians over rounds; the floor, an allocator that does nothing, is called null. An empty field was not measured. A "
        + "click on a title sorts.")
    for (pass, metrics) in shown where !metrics.isEmpty { section.table(table(pass, metrics)) }
    section.heading("How each figure comes about")
    var formulas = HTMLTable(
      columns: [.init(title: "figure"), .init(title: "column"), .init(title: "pass"), .init(title: "is")])
    formulas.isSortable = false
    for metric in shown.flatMap(\.metrics) {
      formulas.append([
        HTMLTable.Entry(ReportMetrics.title(metric)), HTMLTable.Entry(markup: "<code>\(metric.column)</code>"),
        HTMLTable.Entry(metric.pass?.rawValue ?? "all"), HTMLTable.Entry(metric.formula),
      ])
    }
    section.table(formulas)
    section.list([
      "Every measurement is a fresh process. A round runs every allocator once on every workload, in random order, so that "
        + "what disturbs the machine for a while disturbs all alike.",
      "The passes are separate processes, for instruments disturb one another: time has the operations between two reads of "
        + "the clock and nothing else, memory accounts for every block, latency times single calls.",
      "Memory is above a baseline that is read before the allocator is loaded: it is the allocator's and not the harness's.",
      "A replay does what a program asked of its allocator and leaves out what it did in between; a ranking on one workload "
        + "is a fact about that workload.",
    ])
    return section
  }

  private func table(_ pass: Pass, _ metrics: [Metric]) -> HTMLTable {
    var table = HTMLTable(
      caption: "\(pass.rawValue) pass",
      columns: [.init(title: "workload"), .init(title: "threads", isNumber: true), .init(title: "allocator")]
        + metrics.map {
          .init(title: ReportMetrics.title($0), isNumber: true, explanation: "\($0.column): \($0.formula)")
        })
    for cell in model.cells {
      let arms = model.arms.filter { model.series(cell, $0) != nil }
      let bests = metrics.map { best($0, cell, arms) }
      for arm in arms {
        guard let series = model.series(cell, arm) else { continue }
        let entries = zip(metrics, bests).map { metric, best -> HTMLTable.Entry in
          guard let median = series.median(metric) else {
            let failure = metric.pass.flatMap { series.failures[$0]?.max { $0.value < $1.value }?.key.words }
            return HTMLTable.Entry(failure ?? "", "cost")
          }
          let isBest = !arm.arm.isFloor && median == best
          return HTMLTable.Entry(NumberFormat.text(median, unit: metric.unit), isBest ? "best" : "", order: median)
        }
        let style = model.names.style(arm)
        table.append(
          [
            HTMLTable.Entry(model.names.name(cell)),
            HTMLTable.Entry(String(cell.threadCount), order: Double(cell.threadCount)),
            HTMLTable.Entry(markup: ReportPage.key(style, model.names.label(arm), isFloor: arm.arm.isFloor)),
          ] + entries, "series \(style.classes)")
      }
    }
    return table
  }

  private func best(_ metric: Metric, _ cell: Cell, _ arms: [ReportArm]) -> Double? {
    let medians = arms.filter { !$0.arm.isFloor }.compactMap { model.series(cell, $0)?.median(metric) }
    guard medians.count > 1 else { return nil }
    return switch metric.direction {
    case .higherIsBetter: medians.max()
    case .lowerIsBetter: medians.min()
    case .neither: nil
    }
  }
}
