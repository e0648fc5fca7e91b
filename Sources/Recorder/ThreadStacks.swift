// SPDX-License-Identifier: MIT

import CRecorder

/// What a thread keeps so as to take its next stack quickly: the latest stack, frame by frame, and the nodes that it met.
///
/// Memory of its own beside the thread's, made only when stacks are recorded. A stack is kept with the outermost frame
/// first: two stacks of a thread mostly differ at their inner end.
struct ThreadStacks {
  struct CachedNode {
    var address: UInt64
    var parent: UInt32
    var number: UInt32
  }

  /// Where a stack is: the highest address of its mapping, and the lowest that can become part of it.
  struct Bounds {
    var start: UInt = 0
    var end: UInt = 0
  }

  // Chosen: 16 KiB; most programs allocate at fewer places.
  private static let cacheShift: UInt64 = 10
  // Chosen: how many stacks it takes until an address that was no code is looked at again.
  private static let doubtMask: UInt32 = 4095
  // Chosen: frames of the recorder itself, of which libunwind tells too.
  static let ownFrameLimit = 16
  private static let scratchCapacity = Stacks.depthLimit + ownFrameLimit
  private static let cacheOffset = 512
  private static let basesOffset = cacheOffset + MemoryLayout<CachedNode>.stride << Int(cacheShift)
  private static let returnsOffset = basesOffset + 8 * (Stacks.depthLimit + 1)
  private static let numbersOffset = returnsOffset + 8 * Stacks.depthLimit
  private static let scratchBasesOffset = numbersOffset + 8 * Stacks.depthLimit
  private static let scratchReturnsOffset = scratchBasesOffset + 8 * scratchCapacity
  private static let byteCount = scratchReturnsOffset + 8 * scratchCapacity

  let cache: UnsafeMutablePointer<CachedNode>
  /// The frame pointers of the latest stack, from the second place on; the first is what the outermost frame points to.
  let bases: UnsafeMutablePointer<UInt>
  let returns: UnsafeMutablePointer<UInt>
  /// For each frame the node that stands for it and all outside of it.
  let numbers: UnsafeMutablePointer<UInt32>
  /// Frames of the stack that is being taken, the innermost first.
  let scratchBases: UnsafeMutablePointer<UInt>
  let scratchReturns: UnsafeMutablePointer<UInt>
  /// Frames of the latest stack.
  var count = 0
  /// The latest stack has frames that were not kept.
  var isTruncated = false
  /// The latest stack was taken by frame pointers.
  var hasBases = false
  private var generation: UInt32
  private var stackCount: UInt32 = 0
  var bounds = InlineArray<4, Bounds>(repeating: Bounds())
  var nextBounds = 0
  /// Unwinds that were timed and are not in the header yet, and what they took.
  private var unwoundCount: UInt64 = 0
  private var unwoundTicks: UInt64 = 0

  private init(_ memory: UnsafeMutableRawPointer) {
    cache = (memory + Self.cacheOffset).assumingMemoryBound(to: CachedNode.self)
    bases = (memory + Self.basesOffset).assumingMemoryBound(to: UInt.self)
    returns = (memory + Self.returnsOffset).assumingMemoryBound(to: UInt.self)
    numbers = (memory + Self.numbersOffset).assumingMemoryBound(to: UInt32.self)
    scratchBases = (memory + Self.scratchBasesOffset).assumingMemoryBound(to: UInt.self)
    scratchReturns = (memory + Self.scratchReturnsOffset).assumingMemoryBound(to: UInt.self)
    generation = StackTrie.generation
  }

  /// What a new thread gets; nil when there is no memory for it.
  static func make() -> UnsafeMutablePointer<ThreadStacks>? {
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard recorder_map_failed(memory) == 0, let memory else { return nil }
    let stacks = memory.assumingMemoryBound(to: ThreadStacks.self)
    stacks.initialize(to: ThreadStacks(memory))
    return stacks
  }

  /// Makes what a thread that ended has left fit for another.
  mutating func passOn() {
    count = 0
    bounds = InlineArray<4, Bounds>(repeating: Bounds())
  }

  /// The number of the stack of the call that `frame` belongs to, the frame of one of the recorder's exported functions;
  /// 0 when there is no room for it.
  mutating func take(_ frame: UInt) -> UInt32 {
    stackCount &+= 1
    if stackCount & Stacks.libraryCheckMask == 0 { lookAround() }
    if generation != StackTrie.generation {
      forget { _ in true }
      generation = StackTrie.generation
    }
    return Stacks.unwinds ? unwind(frame) : walk(frame)
  }

  /// Does what is due after so many stacks.
  @inline(never)
  private mutating func lookAround() {
    Stacks.checkLibraries()
    // Code that was made meanwhile may be where there was none.
    if stackCount & Self.doubtMask == 0 { forget { $0.number == 0 } }
  }

  private mutating func forget(_ isForgotten: (CachedNode) -> Bool) {
    for index in 0..<1 << Int(Self.cacheShift) where isForgotten(cache[index]) {
      cache[index] = CachedNode(address: 0, parent: 0, number: 0)
    }
    count = 0
  }

  /// Gives the frames from `join` to `total` their nodes; the stack's number is that of the last.
  @inline(__always)
  mutating func number(from join: Int, to total: Int) -> UInt32 {
    var parent = join > 0 ? numbers[join &- 1] : isTruncated ? StackTrie.truncatedRoot : 0
    for index in join..<total {
      // An address that is no code ends the stack: what is outside of it is left out.
      parent = number(parent: parent, address: UInt64(returns[index]))
      numbers[index] = parent
    }
    count = total
    return parent
  }

  @inline(__always)
  func number(parent: UInt32, address: UInt64) -> UInt32 {
    let place = Int(truncatingIfNeeded: StackTrie.hash(parent: parent, address: address) &>> (64 &- Self.cacheShift))
    if _fastPath(cache[place].address == address && cache[place].parent == parent) { return cache[place].number }
    return lookUp(parent: parent, address: address, place: place)
  }

  @inline(never)
  private func lookUp(parent: UInt32, address: UInt64, place: Int) -> UInt32 {
    let number = StackTrie.number(parent: parent, address: address)
    cache[place] = CachedNode(address: address, parent: parent, number: number)
    return number
  }

  /// Counts what an unwind took, for `acebench` to tell.
  mutating func countUnwind(ticks: UInt64) {
    unwoundCount &+= 1
    unwoundTicks &+= ticks
    if Stacks.kind == RawLayout.sampledStacks || unwoundCount == 64 { flushCounts() }
  }

  /// Adds what was counted to the header.
  mutating func flushCounts() {
    guard unwoundCount > 0 else { return }
    TraceHeader.addUnwinds(count: unwoundCount, ticks: unwoundTicks)
    unwoundCount = 0
    unwoundTicks = 0
  }
}
