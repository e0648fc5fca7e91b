// SPDX-License-Identifier: MIT

import Glibc
import Program

/// A replay program on disk, which every arm of a round runs. Its file goes when the last reference to it does.
public final class PreparedProgram: Sendable {
  public let path: String
  public let header: ProgramHeader

  init(path: String, header: ProgramHeader) {
    self.path = path
    self.header = header
  }

  deinit { unlink(path) }
}
