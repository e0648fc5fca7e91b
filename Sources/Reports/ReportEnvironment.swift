// SPDX-License-Identifier: MIT

import Results
import Statistics

/// Where and on what it was measured.
struct ReportEnvironment {
  let model: ReportModel

  func section() -> ReportSection {
    var section = ReportSection("environment", "Environment")
    for result in model.results {
      if model.results.count > 1 { section.heading(result.name) }
      section.table(facts(result))
      if !result.rows.facts.libraries.isEmpty { section.table(libraries(result)) }
      for environment in result.environments { section.table(machine(environment)) }
      if result.environments.isEmpty {
        section.paragraph(
          "There is no \(Self.logName) beside the rows, which would have the whole machine; this is what rows say of it.",
          "absence")
      }
    }
    return section
  }

  static let logName = "env.jsonl"

  private func facts(_ result: ReportResult) -> HTMLTable {
    let facts = result.rows.facts
    func unique(_ value: (SampleEnvironment) -> String) -> String {
      facts.environments.map(value).reduce(into: [String]()) {
        if !$1.isEmpty, !$0.contains($1) { $0.append($1) }
      }.joined(separator: "; ")
    }
    let processes = RunStatus.allCases.compactMap { status in
      facts.statusCounts[status].map { "\($0) \(status.rawValue)" }
    }.joined(separator: ", ")
    let load = SortedSample(facts.loadAverages).map { sample in
      "median \(NumberFormat.significant(sample.median)), up to \(NumberFormat.significant(sample.quantile(1)))"
    }
    let rows: [(String, String)] = [
      ("result", result.path),
      ("measured", facts.firstTime == facts.lastTime ? facts.firstTime : "\(facts.firstTime) to \(facts.lastTime)"),
      ("processes", processes), ("machine", facts.machines), ("C library", unique(\.libc)),
      ("huge pages", unique(\.transparentHugePages)), ("overcommit", unique(\.overcommit)),
      ("hypervisor", unique(\.hypervisor)), ("NUMA node", unique { $0.numaNode.map { String($0) } ?? "" }),
      ("touch policy", facts.touches.map(\.rawValue).sorted().joined(separator: ", ")),
      ("measured by", facts.harnesses), ("load average", load ?? ""),
      ("taken by the hypervisor", facts.hasStealTicks ? "\(facts.stealTickCount) clock ticks of all processors" : ""),
    ]
    return Self.table("as the rows say", rows)
  }

  private func libraries(_ result: ReportResult) -> HTMLTable {
    var table = HTMLTable(
      caption: "what answered",
      columns: ["allocator", "library", "version", "SHA-256"].map { .init(title: $0) })
    for (arm, libraries) in result.rows.facts.libraries.sorted(by: {
      ($0.key.allocator, $0.key.switches) < ($1.key.allocator, $1.key.switches)
    }) {
      for library in libraries {
        table.append([
          HTMLTable.Entry(arm.words), HTMLTable.Entry(library.path.isEmpty ? library.load.rawValue : library.path),
          HTMLTable.Entry(library.version), HTMLTable.Entry(markup: Self.digest(library.sha256)),
        ])
      }
    }
    return table
  }

  /// The first digits, all of them under a pointer.
  private static func digest(_ digest: String) -> String {
    digest.isEmpty ? "" : "<code title=\"\(digest.markup)\">\(String(digest.prefix(12)).markup)</code>"
  }

  private func machine(_ environment: EnvironmentLog.Environment) -> HTMLTable {
    Self.table(
      "\(Self.logName), environment \(environment.identifier)",
      environment.facts.map { (Self.words($0.name), $0.name == "memoryByteCount" ? Self.size($0.value) : $0.value) })
  }

  /// "memoryByteCount" as "memory byte count".
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { words, character in
      if character.isUppercase { words += " " }
      words += character.lowercased()
    }
  }

  private static func size(_ text: String) -> String {
    Double(text).map { NumberFormat.text($0, unit: .bytes) } ?? text
  }

  /// Of names and values, those that have one.
  private static func table(_ caption: String, _ rows: [(String, String)]) -> HTMLTable {
    var table = HTMLTable(caption: caption, columns: [.init(title: "fact"), .init(title: "value")])
    table.isSortable = false
    for (name, value) in rows where !value.isEmpty {
      table.append([HTMLTable.Entry(name, "soft"), HTMLTable.Entry(value)])
    }
    return table
  }
}
