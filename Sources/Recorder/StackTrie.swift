// SPDX-License-Identifier: MIT

import CRecorder
import Synchronization

/// All stacks of the process as one tree: a node is a return address and the node of its caller, so that a stack is the
/// number of its innermost node. The nodes are in the trace itself, each whole once its address is stored.
///
/// Numbers are found in a table of numbers with linear probing, which is read without a lock; nodes are made under it.
enum StackTrie {
  // Chosen: 128 chunks, two million nodes. The table is twice as large, and only what is used of it is ever touched.
  private static let chunkCapacity = 128
  private static let numberCapacity = 1 << 22
  private static let nodesPerChunkShift = 14
  private static let nodesPerChunk = RawLayout.chunkByteCount / RawStackLayout.nodeByteCount
  // Derived: the chunks' addresses, then, on pages of their own, the numbers.
  private static let numbersOffset = 1 << 16
  private static let memoryByteCount = numbersOffset + 4 * numberCapacity
  // Chosen: more neighbours than a table half full ever has.
  private static let probeLimit = 256

  private nonisolated(unsafe) static var memory: UnsafeMutableRawPointer?
  private nonisolated(unsafe) static var chunkCount = 0
  private nonisolated(unsafe) static var nextNumber: UInt32 = 0
  /// Rises whenever numbers known so far are not to be used any more.
  private(set) nonisolated(unsafe) static var generation: UInt32 = 0
  /// What stands at the root of a stack with more frames than are kept, and of one that could not be walked.
  private(set) nonisolated(unsafe) static var truncatedRoot: UInt32 = 0
  private(set) nonisolated(unsafe) static var failedRoot: UInt32 = 0

  /// The number that the next node will have.
  static var upcomingNumber: UInt32 { nextNumber }

  /// Makes an empty tree, under the lock; false when there is no room for it.
  static func prepare() -> Bool {
    if memory == nil {
      let mapped = mmap(
        nil, memoryByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard recorder_map_failed(mapped) == 0 else { return false }
      memory = mapped
    }
    chunkCount = 0
    nextNumber = 0
    guard let truncated = make(parent: 0, address: RawStackLayout.truncatedAddress),
      let failed = make(parent: 0, address: RawStackLayout.failedAddress)
    else { return false }
    truncatedRoot = truncated
    failedRoot = failed
    return true
  }

  /// Leaves, in a forked child, the parent's nodes.
  static func abandon() {
    guard let memory else { return }
    for index in 0..<chunkCount {
      if let chunk = chunkPlace(index).pointee { munmap(chunk, RawLayout.chunkByteCount) }
    }
    munmap(memory, memoryByteCount)
    self.memory = nil
    chunkCount = 0
    generation &+= 1
  }

  /// Makes all nodes anew when they are met again, under the lock.
  static func forgetNumbers() {
    guard let memory else { return }
    // Zeroes for whoever looks meanwhile, which are numbers not known.
    madvise(memory + numbersOffset, 4 * numberCapacity, MADV_DONTNEED)
    generation &+= 1
  }

  /// The number of a node, made if need be; 0 when the address is no code, or there is no room.
  static func number(parent: UInt32, address: UInt64) -> UInt32 {
    if let known = find(parent: parent, address: address) { return known }
    let formerErrno = recorder_errno_get()
    Stacks.checkLibraries()
    recorder_lock()
    defer {
      recorder_unlock()
      recorder_errno_set(formerErrno)
    }
    // Another thread may have made it meanwhile.
    if let known = find(parent: parent, address: address) { return known }
    guard ModuleTable.containsCode(address), let made = make(parent: parent, address: address) else { return 0 }
    guard let numbers else { return 0 }
    var place = place(parent: parent, address: address)
    for _ in 0..<probeLimit {
      if numbers[place].load(ordering: .relaxed) == 0 {
        numbers[place].store(made, ordering: .releasing)
        break
      }
      place = (place &+ 1) & (numberCapacity - 1)
    }
    return made
  }

  private static func find(parent: UInt32, address: UInt64) -> UInt32? {
    guard let numbers else { return nil }
    var place = place(parent: parent, address: address)
    for _ in 0..<probeLimit {
      let number = numbers[place].load(ordering: .acquiring)
      guard number != 0 else { return nil }
      if let node = node(number),
        node.load(fromByteOffset: RawStackLayout.nodeAddressOffset, as: UInt64.self) == address,
        node.load(fromByteOffset: RawStackLayout.nodeParentOffset, as: UInt32.self) == parent
      {
        return number
      }
      place = (place &+ 1) & (numberCapacity - 1)
    }
    return nil
  }

  /// Writes a new node into the trace.
  private static func make(parent: UInt32, address: UInt64) -> UInt32? {
    if Int(nextNumber) & (nodesPerChunk - 1) == 0 {
      guard chunkCount < chunkCapacity, let space = TraceFile.claimChunk() else { return nil }
      let sequence = UInt32(chunkCount)
      space.start.storeBytes(of: sequence, toByteOffset: RawStackLayout.sequenceOffset, as: UInt32.self)
      space.start.storeBytes(of: RawStackLayout.nodeMagic, toByteOffset: RawStackLayout.magicOffset, as: UInt32.self)
      chunkPlace(chunkCount).pointee = space.start
      chunkCount += 1
      nextNumber &+= UInt32(RawStackLayout.headerNodeCount)
    }
    guard let node = node(nextNumber) else { return nil }
    node.storeBytes(of: parent, toByteOffset: RawStackLayout.nodeParentOffset, as: UInt32.self)
    (node + RawStackLayout.nodeAddressOffset).assumingMemoryBound(to: Atomic<UInt64>.self)
      .pointee.store(address, ordering: .releasing)
    nextNumber &+= 1
    return nextNumber &- 1
  }

  @inline(__always)
  private static func node(_ number: UInt32) -> UnsafeMutableRawPointer? {
    let place = Int(number) & (nodesPerChunk - 1)
    return chunkPlace(Int(number) &>> nodesPerChunkShift).pointee.map { $0 + place &* RawStackLayout.nodeByteCount }
  }

  /// Where a chunk's address is kept; only of a tree that is there.
  @inline(__always)
  private static func chunkPlace(_ index: Int) -> UnsafeMutablePointer<UnsafeMutableRawPointer?> {
    (memory.unsafelyUnwrapped + 8 &* index).assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
  }

  private static var numbers: UnsafeMutablePointer<Atomic<UInt32>>? {
    memory.map { ($0 + numbersOffset).assumingMemoryBound(to: Atomic<UInt32>.self) }
  }

  private static func place(parent: UInt32, address: UInt64) -> Int {
    Int(truncatingIfNeeded: hash(parent: parent, address: address) &>> 42)
  }

  /// 64 bits, of which the highest are the best.
  @inline(__always)
  static func hash(parent: UInt32, address: UInt64) -> UInt64 {
    // 2^64 divided by the golden ratio, and another odd number of as many bits.
    (address ^ UInt64(parent) &* 0xd6e8_feb8_6659_fd93) &* 0x9e37_79b9_7f4a_7c15
  }
}
