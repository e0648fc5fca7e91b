// SPDX-License-Identifier: MIT

import CACE

/// The fail-fast gate, ACE_CHECK=1.
enum Gate {
  nonisolated(unsafe) static var isOn = false
}
