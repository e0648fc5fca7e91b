// SPDX-License-Identifier: MIT

import Allocators
import Glibc

/// Where acebench's companions are: beside it.
public enum WorkerLocation {
  /// The worker program.
  public static func path() throws(ExperimentError) -> String { try companion("acebench-worker") }

  /// The recorder library.
  public static func recorder() throws(ExperimentError) -> String { try companion("libacerecord.so") }

  private static func companion(_ name: String) throws(ExperimentError) -> String {
    let path = (ProgramFolder.path ?? ".") + "/" + name
    guard access(path, R_OK) == 0 else { throw .workerMissing(path: path) }
    return path
  }
}
