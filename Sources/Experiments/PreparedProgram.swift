// SPDX-License-Identifier: MIT

import Glibc
import Program

/// A replay program on disk, which every arm of a round runs. Its file goes when the last reference to it does.
public final class PreparedProgram: Sendable {
  public let path: String
  public let header: ProgramHeader
  /// Kept until the file is gone: a folder that is not empty could not be removed.
  private let folder: PreparationFolder

  init(path: String, header: ProgramHeader, folder: PreparationFolder) {
    self.path = path
    self.header = header
    self.folder = folder
  }

  deinit { unlink(path) }
}
