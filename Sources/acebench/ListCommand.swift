// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Experiments
import Reports
import Results
import Workloads

/// `acebench list`
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what there is: allocators, workloads, metrics, ACE's switches and knobs.")

  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case allocators
    case workloads
    case metrics
    case knobs
  }

  @Argument(help: "allocators, workloads, metrics or knobs; without it, the first two.")
  var topic: Topic?

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    switch topic {
    case .allocators: show.show(try allocators())
    case .workloads: show.show(workloads())
    case .metrics: show.show(metrics())
    case .knobs: show.show(try knobs())
    case nil: try showOverview()
    }
  }

  /// Allocators and workloads; in JSON a single object, so that a reader can take it whole.
  private func showOverview() throws {
    if show.format == .json {
      let allocators = try allocators().render(.json)
      return Streams.writeOutput("{\"allocators\": \(allocators), \"workloads\": \(workloads().render(.json))}\n")
    }
    show.show(try allocators())
    Streams.writeOutput("\n")
    show.show(workloads())
  }

  private func allocators() throws -> RecordTable {
    var table = RecordTable(fields: ["allocator", "status", "library", "what"])
    let worker = try WorkerLocation.path()
    for known in AllocatorCatalog.all {
      let probe = AllocatorProbe(known.name, worker: worker)
      table.append([.text(known.name), .text(probe.status), .text(probe.library), .text(known.summary)])
    }
    return table
  }

  private func workloads() -> RecordTable {
    guard show.verbose else {
      var table = RecordTable(fields: ["workload", "threads", "what it stresses"])
      for workload in WorkloadCatalog.all {
        table.append([.text(workload.name), .text("\(workload.minimumThreadCount)+"), .text(workload.summary)])
      }
      return table
    }
    var table = RecordTable(fields: ["workload", "parameter", "default", "range", "what"])
    for workload in WorkloadCatalog.all {
      table.append([.text(workload.name), .none, .none, .none, .text("\(workload.summary) \(workload.origin)")])
      for parameter in workload.parameters {
        table.append([
          .text(workload.name), .text(parameter.name), .text(parameter.defaultText), .text(parameter.rangeText),
          .text(parameter.meaning),
        ])
      }
    }
    return table
  }

  private func metrics() -> RecordTable {
    var table = RecordTable(fields: ["metric", "unit", "pass", "better", "formula"])
    for metric in Metric.allCases {
      table.append([
        .text(metric.column), .text(metric.unit.rawValue), .text(metric.pass?.rawValue ?? "all"),
        .text(metric.direction.rawValue), .text(metric.formula),
      ])
    }
    return table
  }

  /// What --switch takes.
  private func knobs() throws -> RecordTable {
    var table = RecordTable(fields: ["knob", "kind", "range", "unit", "initial"])
    for (name, words) in ACEWords.all {
      table.append([.text(name), .text("word"), .text(words.joined(separator: ", ")), .text(""), .none])
    }
    table.append([.text("seed"), .text("number"), .text("0 to \(UInt64.max)"), .text(""), .none])
    table.append([.text("conf"), .text("file"), .text("a path"), .text(""), .none])
    for knob in try ACEKnobs.of(try AllocatorCatalog.allocator(describedBy: "ace")) {
      let range = knob.range
      switch knob.kind {
      case .switch:
        let initial = knob.initialValue == 1 ? "on" : "off"
        table.append([.text(knob.name), .text("switch"), .text("on, off"), .text(""), .text(initial)])
      case .number:
        table.append([
          .text(knob.name), .text("number"), .text("\(range.lowerBound) to \(range.upperBound)"), .text(knob.unit),
          .integer(knob.initialValue),
        ])
      }
    }
    return table
  }
}
