// SPDX-License-Identifier: MIT

import Glibc
import Synchronization

/// The user's wish to stop: SIGINT or SIGTERM. What is finished is kept, what runs is ended.
public enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user has asked to stop.
  public static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Takes the signals over. A second one ends the process as it would have without.
  public static func watch() {
    for signal in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in Interruption.requested.store(true, ordering: .relaxed) }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(signal, &action, nil)
    }
  }
}
