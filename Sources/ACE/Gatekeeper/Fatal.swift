// SPDX-License-Identifier: MIT

import CACE

/// Says in one line what is wrong with an address, and ends the process. Nothing is allocated, no buffer is shared.
func fatal(_ message: StaticString, _ address: UInt) -> Never {
  var line = MessageLine("ace: ")
  line.append(message)
  line.append(": ")
  line.appendHexadecimal(UInt64(address))
  line.write(to: 2)
  abort()
}
