// SPDX-License-Identifier: MIT

import Glibc

/// Attributes of `posix_spawn` that give a program the signals it would have had without acebench.
enum SpawnAttributes {
  /// Signals that acebench itself ignores, so that writing to a closed pipe or a full file is an error with a message.
  static let ignoredSignals = [SIGPIPE, SIGXFSZ]

  /// Fills attributes that the caller destroys. `ownGroup` puts the program into a process group of its own.
  static func initialize(_ attributes: UnsafeMutablePointer<posix_spawnattr_t>, ownGroup: Bool) {
    posix_spawnattr_init(attributes)
    var signals = sigset_t()
    // A mask and ignored signals outlive `exec`; the threads that start programs may have blocked some.
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(attributes, &signals)
    for signal in ignoredSignals { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(attributes, &signals)
    let group = ownGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
  }
}
