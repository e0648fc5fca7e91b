// SPDX-License-Identifier: MIT

import CACE

/// The learning layer of the process. Everything here changes under the engine's lock.
enum Engine {
  nonisolated(unsafe) static var decisions = DecisionRing()
}
