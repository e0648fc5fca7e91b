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
    // An allocator's colour is that of its plainest arm; arms that differ from it in switches have colours of their own.
    let plainest = Dictionary(grouping: competitors, by: \.allocator).compactMapValues { $0.min(by: Self.isPlainer) }
    let colors = PlotColor.assigned(
      to: competitors.map { plainest[$0.allocator] == $0 ? $0.allocator : ComparedArmName.text($0) })
    var shapes: [Arm: PlotShape] = [:]
    var uses: [Int: Int] = [:]
    for (arm, color) in zip(competitors, colors) {
      // A colour that comes again has another mark.
      shapes[arm] = PlotShape(rawValue: (color + uses[color, default: 0]) % PlotShape.allCases.count)
      uses[color, default: 0] += 1
    }
    let colorOfArm = Dictionary(uniqueKeysWithValues: zip(competitors, colors))
    var labels: [ReportArm: String] = [:]
    var styles: [ReportArm: PlotStyle] = [:]
    for (series, arm) in arms.enumerated() {
      let name = short[arm.arm] ?? arm.arm.words
      labels[arm] = results.count > 1 ? "\(name) · \(results[arm.result])" : name
      styles[arm] = PlotStyle(
        color: colorOfArm[arm.arm] ?? 4, shape: shapes[arm.arm] ?? .circle, result: arm.result, series: series)
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

  private static func isPlainer(_ first: Arm, _ second: Arm) -> Bool {
    (first.switches.count, first.switches) < (second.switches.count, second.switches)
  }

  /// `ace [idle-trim=off]`: of an allocator's switches those that its plainest arm does not have as well.
  private static func shortNames(_ arms: [Arm]) -> [Arm: String] {
    var names: [Arm: String] = [:]
    for (allocator, arms) in Dictionary(grouping: arms, by: \.allocator) {
      guard arms.count > 1, let plainest = arms.min(by: isPlainer) else {
        names[arms[0]] = allocator
        continue
      }
      let common = Set(plainest.switches.split(separator: ";"))
      for arm in arms {
        let switches = arm.switches.split(separator: ";")
        let own = common.isSubset(of: switches) && arm != plainest ? switches.filter { !common.contains($0) } : switches
        names[arm] = own.isEmpty ? allocator : "\(allocator) [\(own.joined(separator: ";"))]"
      }
    }
    return names
  }
}
