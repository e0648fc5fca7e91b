// SPDX-License-Identifier: MIT

import Events
import Glibc
import Program
import Trace
import Workloads

/// Turns workloads and traces into replay programs, in files of a folder of their own that ends with the last of them.
public final class ProgramPreparation {
  private let folder: PreparationFolder
  private var serial = 0

  /// Makes a folder under `TMPDIR` (or `/tmp`).
  public init() throws(ExperimentError) { folder = try PreparationFolder() }

  /// The program of a cell; a trace's does not depend on the seed.
  public func prepare(_ cell: PlannedCell, seed: UInt64, originalSpeed: Bool) throws -> PreparedProgram {
    switch cell.workload {
    case .generated(let specification):
      try prepare(specification, seed: seed, threadCount: Int(cell.cell.threadCount), originalSpeed: originalSpeed)
    case .trace(let path, _): try prepare(tracePath: path, originalSpeed: originalSpeed)
    }
  }

  /// The program of a generated workload. The same specification, seed and thread count give the same program.
  private func prepare(_ specification: WorkloadSpecification, seed: UInt64, threadCount: Int, originalSpeed: Bool)
    throws -> PreparedProgram
  {
    try write(originalSpeed: originalSpeed) { writer in
      let placement = Placement(into: writer)
      try specification.generate(seed: seed, threadCount: threadCount, into: placement)
      return placement.finish()
    }
  }

  /// The program of a trace.
  private func prepare(tracePath: String, originalSpeed: Bool) throws -> PreparedProgram {
    try write(originalSpeed: originalSpeed) { writer in
      let source = try TraceFile.open(path: tracePath)
      if let packed = source as? PackedTraceReader {
        try packed.send(to: writer as any PlacedEventSink)
        return packed.summary
      }
      let placement = Placement(into: writer)
      try source.send(to: placement)
      return placement.finish()
    }
  }

  private func write(
    originalSpeed: Bool, _ send: (ProgramWriter) throws -> EventSummary
  ) throws -> PreparedProgram {
    serial += 1
    let path = "\(folder.path)/\(serial).program"
    do {
      let writer = try ProgramWriter(path: path, originalSpeed: originalSpeed)
      let summary = try send(writer)
      return PreparedProgram(path: path, header: try writer.finish(summary), folder: folder)
    } catch {
      unlink(path)
      throw error
    }
  }
}
