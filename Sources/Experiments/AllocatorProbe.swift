// SPDX-License-Identifier: MIT

import Allocators
import Results

/// Whether an allocator can be measured here, found out by a worker that loads it.
public struct AllocatorProbe: Sendable {
  /// `available`, or why not.
  public let status: String
  /// The library's file; empty when there is none.
  public let library: String

  public init(_ description: String, worker: String) {
    let allocator: Allocator
    do {
      allocator = try AllocatorCatalog.allocator(describedBy: description)
    } catch {
      library = ""
      if case .notFound = error { status = "unavailable: no library found" } else { status = "unavailable: \(error)" }
      return
    }
    library = allocator.libraryPath ?? ""
    status = Self.status(of: allocator, worker: worker)
  }

  private static func status(of allocator: Allocator, worker: String) -> String {
    let command = WorkerCommand(probing: allocator, load: .dlopen, worker: worker)
    guard let ending = try? ChildProcess(command, timeLimitSeconds: 10).run() else {
      return "unavailable: the worker does not start"
    }
    let reply = WorkerReply(ending.standardOutput)
    if ending.exitCode == 0, reply.text("served_by") != nil { return "available" }
    return "unavailable: \(WorkerVerdict.fault(WorkerVerdict.outcome(of: ending, reply), ending, reply))"
  }
}
