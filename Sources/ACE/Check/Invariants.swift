// SPDX-License-Identifier: MIT

import CACE

/// The conservation laws that the boxes state, checked for the calling thread's heap and for what is shared. What does not
/// hold ends the process.
enum Invariants {
  static func check() {
    let heap = HeapPointer.ofThread
    if !heap.isEmpty { heap.checkInvariants() }
    SuperslabPool.checkInvariants()
    LargeHeap.checkInvariants()
  }
}

@inline(__always) func require(_ condition: Bool, _ message: StaticString, _ address: UInt) {
  if !condition { fatal(message, address) }
}
