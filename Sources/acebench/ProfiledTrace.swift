// SPDX-License-Identifier: MIT

import Glibc

/// A trace that tells where a program allocates. A temporary one goes with the last reference to it.
final class ProfiledTrace {
  let path: String
  private let isTemporary: Bool

  init(path: String, isTemporary: Bool) {
    self.path = path
    self.isTemporary = isTemporary
  }

  deinit { if isTemporary { unlink(path) } }
}
