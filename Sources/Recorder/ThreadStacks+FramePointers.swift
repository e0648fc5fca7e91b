// SPDX-License-Identifier: MIT

import CRecorder

// A frame pointer leads to the caller's frame pointer, above which is the return address (x86-64 and AArch64 alike).
// Code without frame pointers uses the register for anything: what it leads to is read only within the stack's mapping,
// and only upwards.

extension ThreadStacks {
  /// The number of the stack that the chain of frame pointers from `frame` tells.
  ///
  /// Where the chain comes to a frame of the latest stack, the rest of that is compared rather than followed: its places
  /// are known, so that the loads need not wait for one another. Equality of all is what the chain itself would have told.
  mutating func walk(_ frame: UInt) -> UInt32 {
    let depth = Stacks.depth
    let end = stackEnd(of: frame)
    guard end != 0 else { return unboundedWalk(frame) }
    let limit = end &- 16
    if !hasBases { count = 0 }
    var known = count
    var joined = 0
    var new = 0
    var base = frame
    var beyond: UInt = 0
    while true {
      while known > 0, bases[known] < base { known &-= 1 }
      if known > 0, bases[known] == base, !isTruncated || new &+ known == count {
        let differs = firstDifference(below: known)
        if differs == 0 {
          joined = known
          break
        }
        known = differs &- 1
      }
      beyond = Self.load(base)
      scratchBases[new] = base
      scratchReturns[new] = Self.load(base &+ 8)
      new &+= 1
      guard new < depth, beyond > base, beyond <= limit, beyond & 15 == 0 else { break }
      base = beyond
    }
    if joined == 0 {
      bases[0] = beyond
      isTruncated = new == depth && beyond > base && beyond <= limit && beyond & 15 == 0
      hasBases = true
    }
    // Where frames are dropped, those kept have other nodes.
    var numbered = joined
    if joined &+ new > depth {
      joined = dropOutermost(joined &+ new &- depth, of: joined)
      numbered = 0
    }
    // The outermost of what is new comes first.
    let total = joined &+ new
    for index in 0..<new {
      bases[total &- index] = scratchBases[index]
      returns[total &- 1 &- index] = scratchReturns[index]
    }
    let number = number(from: numbered, to: total)
    return number != 0 ? number : self.number(parent: StackTrie.failedRoot, address: UInt64(Self.load(frame &+ 8)))
  }

  /// Compares the frames of the latest stack from place `known` outwards with what is there now: the place of the first
  /// that differs, or 0.
  @inline(__always)
  private func firstDifference(below known: Int) -> Int {
    var place = known
    while place > 0 {
      let base = bases[place]
      guard Self.load(base) == bases[place &- 1], Self.load(base &+ 8) == returns[place &- 1] else { return place }
      place &-= 1
    }
    return 0
  }

  /// Leaves out the outermost frames of those that are kept, because there are too many with those that are new.
  private mutating func dropOutermost(_ dropped: Int, of joined: Int) -> Int {
    let kept = joined &- dropped
    for index in 0...kept { bases[index] = bases[index &+ dropped] }
    for index in 0..<kept { returns[index] = returns[index &+ dropped] }
    isTruncated = true
    return kept
  }

  /// The one frame that is the recorder's own, where the bounds of the stack are not known.
  private mutating func unboundedWalk(_ frame: UInt) -> UInt32 {
    count = 0
    return number(parent: StackTrie.failedRoot, address: UInt64(Self.load(frame &+ 8)))
  }

  @inline(__always)
  static func load(_ address: UInt) -> UInt {
    UnsafePointer<UInt>(bitPattern: address).unsafelyUnwrapped.pointee
  }

  // MARK: Bounds

  /// The end of the stack that an address is on; 0 when it is not known.
  @inline(__always)
  private mutating func stackEnd(of address: UInt) -> UInt {
    for index in 0..<4 where address >= bounds[unchecked: index].start && address < bounds[unchecked: index].end {
      return bounds[unchecked: index].end
    }
    return findBounds(of: address)
  }

  /// Asks the kernel's map. pthread_getattr_np would take locks and allocate.
  @inline(never)
  private mutating func findBounds(of address: UInt) -> UInt {
    let formerErrno = recorder_errno_get()
    recorder_lock()
    var found = Bounds()
    var previousEnd: UInt64 = 0
    if var map = MemoryMapReader() {
      while let line = map.next() {
        if UInt64(address) >= line.start, UInt64(address) < line.end {
          // The first thread's stack grows downwards into what is not mapped.
          found = Bounds(start: UInt(isGrowing(line) ? previousEnd : line.start), end: UInt(line.end))
          break
        }
        previousEnd = line.end
      }
      map.close()
    }
    recorder_unlock()
    recorder_errno_set(formerErrno)
    if found.end != 0 {
      bounds[nextBounds] = found
      nextBounds = (nextBounds &+ 1) & 3
    }
    return found.end
  }

  /// Whether a mapping is `[stack]`.
  private func isGrowing(_ line: MemoryMapReader.Line) -> Bool {
    line.pathByteCount == 7 && line.path[0] == 91 && line.path[1] == 115 && line.path[2] == 116
  }
}
