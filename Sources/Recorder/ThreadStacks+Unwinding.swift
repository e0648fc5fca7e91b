// SPDX-License-Identifier: MIT

import CRecorder

extension ThreadStacks {
  /// The number of the stack that libunwind tells, from the caller of the frame's function outwards.
  mutating func unwind(_ frame: UInt) -> UInt32 {
    let depth = Stacks.depth
    let capacity = depth &+ Self.ownFrameLimit
    let begin = recorder_stamp()
    let found = mutedUnwind(capacity: capacity)
    countUnwind(ticks: recorder_stamp() &- begin)
    // The frames of the recorder come first.
    let caller = Self.load(frame &+ 8)
    var own = 0
    while own < found, own < Self.ownFrameLimit, scratchReturns[own] != caller { own &+= 1 }
    hasBases = false
    guard own < found, own < Self.ownFrameLimit else {
      count = 0
      return number(parent: StackTrie.failedRoot, address: UInt64(caller))
    }
    let total = min(found &- own, depth)
    let isTruncatedNow = found &- own > depth
    var joined = 0
    if isTruncatedNow == isTruncated {
      let limit = min(count, total)
      while joined < limit, returns[joined] == scratchReturns[own &+ total &- 1 &- joined] { joined &+= 1 }
    }
    isTruncated = isTruncatedNow
    for index in joined..<total { returns[index] = scratchReturns[own &+ total &- 1 &- index] }
    let number = number(from: joined, to: total)
    return number != 0 ? number : self.number(parent: StackTrie.failedRoot, address: UInt64(caller))
  }

  /// Lets libunwind make what it keeps for each thread, which takes a hundred times as long as a stack does.
  mutating func warmUp() {
    if Stacks.unwinds { _ = mutedUnwind(capacity: Self.ownFrameLimit) }
  }

  /// What libunwind allocates is not the program's.
  private mutating func mutedUnwind(capacity: Int) -> Int {
    let formerErrno = recorder_errno_get()
    let slot = recorder_thread_get()
    recorder_thread_set(recorder_thread_muted())
    let found = Int(recorder_unwind(scratchReturns, Int32(truncatingIfNeeded: capacity)))
    recorder_thread_set(slot)
    recorder_errno_set(formerErrno)
    return max(found, 0)
  }
}
