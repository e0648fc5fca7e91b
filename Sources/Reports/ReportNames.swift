// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What arms and cells are called on a page, and how they look: short, and no two alike.
struct ReportNames {
  let labels: [ReportArm: String]
  let styles: [ReportArm: PlotStyle]
  private let cellNames: ComparedCellNames
  private let showsTouch: Bool

  /// - Parameters:
  ///   - arms: In the order in which they are shown, the floor among them.
  ///   - results: The names of the results.
  init(arms: [ReportArm], cells: [Cell], results: [String]) {
    let known = arms.map(\.arm).reduce(into: [Arm]()) { if !$0.contains($1) { $0.append($1) } }
    let competitors = known.filter { !$0.isFloor }
    let short = Self.shortNames(known)
    // What differs in switches alone differs in colour; else the colour is the allocator's.
    let allocators = competitors.map(\.allocator).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let isOneAllocator = allocators.count == 1 && competitors.count > 1
    let colors =
      isOneAllocator
      ? competitors.indices.map { $0 % PlotColor.all.count } : PlotColor.assigned(to: allocators)
    var labels: [ReportArm: String] = [:]
    var styles: [ReportArm: PlotStyle] = [:]
    for (series, arm) in arms.enumerated() {
      let name = short[arm.arm] ?? arm.arm.words
      labels[arm] = results.count > 1 ? "\(name) · \(results[arm.result])" : name
      let place = isOneAllocator ? competitors.firstIndex(of: arm.arm) : allocators.firstIndex(of: arm.arm.allocator)
      let color = place.map { colors[$0] } ?? 4
      styles[arm] = PlotStyle(
        color: color, shape: PlotShape(rawValue: color % PlotShape.allCases.count) ?? .circle, result: arm.result,
        series: series)
    }
    (self.labels, self.styles) = (labels, styles)
    cellNames = ComparedCellNames(cells)
    showsTouch = Set(cells.map(\.touch)).count > 1
  }

  func label(_ arm: ReportArm) -> String { labels[arm] ?? arm.arm.words }

  func style(_ arm: ReportArm) -> PlotStyle {
    styles[arm] ?? PlotStyle(color: 4, shape: .circle, result: arm.result, series: 0)
  }

  /// "random-mixed slots=8000".
  func name(_ cell: Cell) -> String { cellNames.entries(cell).first?.text ?? cell.workload }

  /// "slots=8000, 2 threads": what tells the cell from others of its workload, and its threads.
  func detail(_ cell: Cell) -> String {
    let threads = cell.threadCount == 1 ? "1 thread" : "\(cell.threadCount) threads"
    let own = name(cell).dropFirst(cell.workload.count).split(separator: " ").joined(separator: ", ")
    return [own, threads, showsTouch ? "touch \(cell.touch.rawValue)" : ""].filter { !$0.isEmpty }.joined(
      separator: ", ")
  }

  /// The whole of both.
  func words(_ cell: Cell) -> String { "\(cell.workload), \(detail(cell))" }

  /// The name of a cell's figures.
  func slug(_ cell: Cell) -> String { words(cell).slug }

  /// `ace [idle-trim=off]`: of an allocator's switches those that not all of its arms have.
  private static func shortNames(_ arms: [Arm]) -> [Arm: String] {
    var names: [Arm: String] = [:]
    for (allocator, arms) in Dictionary(grouping: arms, by: \.allocator) {
      let switches = arms.map { Set($0.switches.split(separator: ";")) }
      let shared = switches.dropFirst().reduce(switches.first ?? []) { $0.intersection($1) }
      for arm in arms {
        let own = arms.count == 1 ? [] : arm.switches.split(separator: ";").filter { !shared.contains($0) }
        names[arm] = own.isEmpty ? allocator : "\(allocator) [\(own.joined(separator: ";"))]"
      }
    }
    return names
  }
}
