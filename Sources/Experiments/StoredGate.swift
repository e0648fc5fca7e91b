// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Glibc
import Results

/// A gate that is judged again from the rows that it wrote.
public struct StoredGate {
  public let samplesPath: String

  /// - Parameter path: Its folder, or its rows.
  public init(path: String) {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    samplesPath = isFolder ? path + "/" + GateOutput.samplesName : path
  }

  /// The report of its rows, by the settings that lie beside them; where there are none, every cell is judged by what a
  /// gate judges unless told otherwise, and the report says so.
  ///
  /// - Parameter history: Sessions that the rows are held against; nil where base and head are.
  public func report(against history: GateHistory? = nil) throws -> GateReport {
    let stored = try GateOutput.settings(besides: samplesPath)
    let settings = try stored ?? usualSettings()
    var evidence = GateEvidence(settings)
    try SampleReader(path: samplesPath).forEachRow { row, sample in evidence.note(sample, row: row) }
    var report = GateJudge(settings, evidence).report()
    if let history {
      guard let identity = GateIdentity(evidence.facts, settings) else {
        throw ExperimentError.malformedExperiment(
          path: samplesPath,
          reason: "\(GateOutput.settingsName) beside it does not say what was run, and by which worker")
      }
      report = HistoryJudge(settings, evidence, history: history, identity: identity).report()
    }
    if stored == nil {
      report.warnings.append(
        "\(GateOutput.settingsName) is not beside the rows: they are judged by throughput and peak memory, with the "
          + "usual margins")
    }
    return report
  }

  private func usualSettings() throws -> GateSettings {
    var identifiers: [String] = []
    var metrics: [String: [GateMetric: Margins]] = [:]
    var controlCell: String?
    try SampleReader(path: samplesPath).forEach { sample in
      let identifier = sample.cell.identifier
      guard let metric = [GateMetric.throughput, .peakRSS].first(where: { $0.pass == sample.pass }) else { return }
      if metric == .throughput, GateRole(rawValue: sample.arm.allocator)?.isControl == true { controlCell = identifier }
      if metrics[identifier] == nil { identifiers.append(identifier) }
      metrics[identifier, default: [:]][metric] = Margins()
    }
    let cells = identifiers.map { GateCell(identifier: $0, title: $0, metrics: metrics[$0] ?? [:]) }
    return GateSettings(cells: cells, controlCellIdentifier: controlCell)
  }
}
