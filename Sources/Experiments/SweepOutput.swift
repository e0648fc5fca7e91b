// SPDX-License-Identifier: MIT

import Allocators
import FoundationEssentials
import Glibc
import Results

/// Where the rows of a sweep go: a folder with everything, one CSV file, or standard output.
public final class SweepOutput {
  public enum Destination: Equatable, Sendable {
    /// `samples.csv`, `timeline.csv`, `env.jsonl` and `plan.json` in a folder, what ACE told of itself, and where
    /// memory lay.
    case folder(String)
    /// The samples alone.
    case file(String)
    case standardOutput
    /// Nowhere: the rows are only shown.
    case nowhere
  }

  public let destination: Destination
  /// The file the samples go to; nil when they go to none.
  public let samplesPath: String?
  private let samples: SampleFile?
  private let timeline: TimelineFile?
  private let aceFigures: ACEFiguresFile?
  private let nodes: NodeMemoryFile?

  /// Opens the files, and makes the folder when there is none.
  public init(_ destination: Destination, plan: Plan, fingerprint: EnvironmentFingerprint) throws {
    self.destination = destination
    if case .folder(let folder) = destination {
      nodes = NodeMemoryFile(path: folder + "/numa.csv")
    } else {
      nodes = nil
    }
    switch destination {
    case .folder(let folder):
      try ResultsFolder.make(folder)
      samples = try SampleFile(path: folder + "/samples.csv")
      timeline = try TimelineFile(path: folder + "/timeline.csv")
      aceFigures = ACEFiguresFile(
        folder: folder, processFields: ACEStatistics.fieldNames, classFields: ACEClassStatistics.fieldNames)
      try EnvironmentLog.record(fingerprint, path: folder + "/env.jsonl")
      try Self.write(plan.description, path: folder + "/plan.json")
      samplesPath = samples?.path
    case .file(let path):
      samples = try SampleFile(path: path)
      timeline = nil
      aceFigures = nil
      samplesPath = samples?.path
    case .standardOutput:
      samples = try SampleFile(descriptor: 1)
      timeline = nil
      aceFigures = nil
      samplesPath = nil
    case .nowhere:
      samples = nil
      timeline = nil
      aceFigures = nil
      samplesPath = nil
    }
  }

  func append(_ sample: Sample, _ details: RunDetails) throws {
    // The sample completes its round; a sweep killed in between must not take for done what lacks its details.
    if !details.timeline.isEmpty { try timeline?.append(details.timeline, of: sample) }
    try nodes?.append(details.nodes, of: sample)
    if let figures = details.ace { try aceFigures?.append(figures, of: sample) }
    try samples?.append(sample)
  }

  func endRound() throws {
    try samples?.endRound()
    try timeline?.endRound()
    try aceFigures?.endRound()
    try nodes?.endRound()
  }

  /// Which rounds the samples already there complete.
  func resumeState() throws -> ResumeState {
    var state = ResumeState()
    guard let samplesPath else { return state }
    for path in SampleFile.existingPaths(for: samplesPath) { try state.read(SampleReader(path: path)) }
    return state
  }

  /// The experiment as it was run, from which `--resume` goes on wherever it is called. A sweep that is killed leaves
  /// the former file or this one, and no part of it.
  private static func write(_ description: ExperimentDescription, path: String) throws {
    var description = description
    let folder = FileManager.default.currentDirectoryPath
    description.workloads = description.workloads.map { workload in
      !workload.hasPrefix("/") && WorkloadChoice.isFile(workload) ? "\(folder)/\(workload)" : workload
    }
    description.allocators = description.allocators.map { allocator in
      guard let equals = allocator.firstIndex(of: "="), !allocator[equals...].hasPrefix("=/") else { return allocator }
      return "\(allocator[...equals])\(folder)/\(allocator[equals...].dropFirst())"
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try ResultsFolder.replace(path, with: Array(try encoder.encode(description)))
  }
}
