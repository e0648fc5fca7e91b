// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc

/// A copy of a library in a folder of its own; it goes with the last reference to it.
final class LibraryCopy: Sendable {
  let path: String
  private let folder: PreparationFolder

  init(of original: String) throws {
    folder = try PreparationFolder()
    path = folder.path + "/copy.so"
    do {
      try FileManager.default.copyItem(atPath: original, toPath: path)
    } catch {
      throw ExperimentError.system(call: "copy", path: original, errno: EIO)
    }
  }

  deinit { unlink(path) }
}
