// SPDX-License-Identifier: MIT

import Results

/// The rows of one source, of which arms are compared with one another or with those of another source.
public struct ComparedRows: Sendable {
  /// A machine in a state, and the plan that was run on it.
  struct Origin: Hashable, Sendable {
    var environment: String
    var plan: String
  }

  /// Names a series by small numbers: indices of cells, arms and passes.
  struct SeriesName: Hashable, Sendable {
    var cell: Int
    var arm: Int
    var pass: Int
  }

  /// What is read from rows.
  public let metrics: [Metric]
  public private(set) var rowCount = 0
  public private(set) var cells: [Cell] = []
  /// In order of appearance, the floor among them.
  public private(set) var arms: [Arm] = []
  private(set) var origins: [Origin] = []
  /// The files that served an arm, by the arm's index.
  private var libraries: [Library?] = []
  private var cellIndices: [Cell: Int] = [:]
  private var armIndices: [Arm: Int] = [:]
  private var originIndices: [Origin: Int] = [:]
  private var series: [SeriesName: ComparedSeries] = [:]
  /// For each pass, which metrics are read from its rows.
  private let metricsByPass: [[Metric]]

  public init(metrics: [Metric]) {
    self.metrics = metrics
    metricsByPass = Pass.allCases.map { pass in metrics.filter { $0.comparedPass == pass } }
  }

  /// Takes a row that counts: of a process that finished, in the last attempt at its round.
  ///
  /// - Parameter row: Its number in the file, the header being 1.
  public mutating func add(_ sample: Sample, row: UInt64) {
    rowCount += 1
    guard let pass = Pass.allCases.firstIndex(of: sample.pass) else { return }
    let name = SeriesName(cell: index(of: sample.cell), arm: index(of: sample), pass: pass)
    let origin = index(of: Origin(environment: sample.environment.identifier, plan: sample.planHash))
    let values = metricsByPass[pass].map { sample.metrics[$0]?.double ?? .nan }
    series[name, default: ComparedSeries(metricCount: values.count)].append(
      ComparedSeries.Round(number: sample.round, workloadSeed: sample.workloadSeed, row: row, origin: origin), values)
  }

  /// What competes in it, by name; the floor does not.
  public var competitors: [Arm] {
    arms.filter { !$0.isFloor }.sorted { ($0.allocator, $0.switches) < ($1.allocator, $1.switches) }
  }

  /// The library that an arm's first row names; nil without rows.
  public func library(of arm: Arm) -> Library? { armIndices[arm].flatMap { libraries[$0] } }

  func series(_ cell: Cell, _ arm: Arm, _ pass: Pass) -> ComparedSeries? {
    guard let cell = cellIndices[cell], let arm = armIndices[arm], let pass = Pass.allCases.firstIndex(of: pass) else {
      return nil
    }
    return series[SeriesName(cell: cell, arm: arm, pass: pass)]
  }

  /// Which column of a series has a metric; nil for one that is not read.
  func column(of metric: Metric) -> Int? {
    guard let pass = Pass.allCases.firstIndex(of: metric.comparedPass) else { return nil }
    return metricsByPass[pass].firstIndex(of: metric)
  }

  private mutating func index(of cell: Cell) -> Int {
    if let index = cellIndices[cell] { return index }
    cells.append(cell)
    cellIndices[cell] = cells.count - 1
    return cells.count - 1
  }

  private mutating func index(of sample: Sample) -> Int {
    if let index = armIndices[sample.arm] { return index }
    arms.append(sample.arm)
    libraries.append(sample.library)
    armIndices[sample.arm] = arms.count - 1
    return arms.count - 1
  }

  private mutating func index(of origin: Origin) -> Int {
    if let index = originIndices[origin] { return index }
    origins.append(origin)
    originIndices[origin] = origins.count - 1
    return origins.count - 1
  }
}
