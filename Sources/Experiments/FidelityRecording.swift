// SPDX-License-Identifier: MIT

import FoundationEssentials
import Trace

/// Records a program only to see what it does today.
enum FidelityRecording {
  /// The calls of the allocator that a program makes; nil when the recorder does not get into it, and when it fails.
  static func operationCount(of command: [String], recorder: String) throws -> UInt64? {
    let folder = try TemporaryFolder()
    let recording = Recording(
      command: command, rawPath: folder.path + "/program.raw", recorder: recorder, order: "fine", follow: .none,
      durationSeconds: nil, sampleByteCount: nil, controlPath: nil, showsOutput: false)
    let outcome = try recording.run()
    guard outcome.status == 0, let path = outcome.rawPath else { return nil }
    return try TraceInformation(path: path).summary.operationCount
  }

  /// A folder that goes with everything in it.
  private final class TemporaryFolder {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.path + "/acebench-fidelity-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }
}
