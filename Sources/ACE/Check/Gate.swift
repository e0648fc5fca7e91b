// SPDX-License-Identifier: MIT

import CACE

/// The fail-fast gate, ACE_CHECK=1: every block is checked when it is freed, and memory around it whenever it is passed.
/// What is wrong ends the process with one line.
///
/// While the gate is on, a thread's slot stays at an empty heap, so that every call takes a slow path, which leads here. The
/// fast paths are the same with and without. A checked block has a red zone behind the program's bytes, and stays in
/// quarantine for a while after it was freed.
enum Gate {
  private(set) nonisolated(unsafe) static var isOn = false
  /// Whether the calling thread's calls have to come here: not while they do.
  @inline(__always) static var guardsThread: Bool { isOn && HeapPointer.ofThread.isEmpty }
  /// The heap of the calling thread.
  static var heap: HeapPointer? { ace_thread_key_get()?.assumingMemoryBound(to: Heap.self) }

  /// Called before the first heap is made. Where there is no address space for what it needs, the gate stays open.
  static func close() {
    // In builds with a table an interior pointer may lead to any record of it.
    let table = Span.slabTable.byteCount
    isOn = Span.commit(&Span.slabTable, table, step: Layout.pageByteCount) && LiveMap.reserve()
    if isOn { return }
    var line = MessageLine("ace: ACE_CHECK: there is no address space for what it needs; nothing is checked")
    line.write(to: 2)
  }

  static func makeBlock(_ byteCount: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
    guard byteCount <= Layout.blockLimit &- RedZone.leastByteCount else { return outOfMemory() }
    guard let slot = enter() else { return outOfMemory() }
    let block = allocate(byteCount &+ RedZone.leastByteCount, alignment: alignment)
    leave(slot)
    guard let block else { return nil }
    let usable = ungatedUsableByteCount(block.address)
    checkNeighbour(before: block.address)
    RedZone.checkFree(block, usable)
    RedZone.draw(block, byteCount, usable)
    LiveMap.insert(block.address)
    return block
  }

  static func takeBlock(_ pointer: UnsafeMutableRawPointer) {
    let address = pointer.address
    guard LiveMap.remove(address) else { Diagnosis.report(address) }
    let usable = ungatedUsableByteCount(address)
    RedZone.checkLive(pointer, usable)
    checkNeighbour(before: address)
    RedZone.drawFree(pointer, usable)
    guard let released = Quarantine.exchange(pointer, usable) else { return }
    // Without a heap it is lost.
    guard let slot = enter() else { return }
    deallocate(released)
    leave(slot)
  }

  static func resizeBlock(_ pointer: UnsafeMutableRawPointer, _ byteCount: UInt) -> UnsafeMutableRawPointer? {
    guard LiveMap.contains(pointer.address) else { Diagnosis.report(pointer.address) }
    guard let new = makeBlock(byteCount, alignment: 1) else { return nil }
    memcpy(new, pointer, Int(min(requestedByteCount(pointer), byteCount)))
    takeBlock(pointer)
    return new
  }

  /// What the program asked for: beyond begins the red zone.
  static func requestedByteCount(_ pointer: UnsafeMutableRawPointer) -> UInt {
    guard LiveMap.contains(pointer.address) else { return 0 }
    return RedZone.requestedByteCount(pointer, ungatedUsableByteCount(pointer.address))
  }

  /// Puts a heap into the thread's slot, as it would be without the gate; what is to be put back, or nil when there is no
  /// memory for a heap.
  private static func enter() -> UnsafeMutableRawPointer? {
    let slot = ace_slot_get()
    if !HeapRegistry.isThreadEnding, let heap {
      ace_slot_set(heap)
    } else if HeapRegistry.attach() == nil {
      return nil
    }
    return slot
  }

  private static func leave(_ slot: UnsafeMutableRawPointer) {
    // A thread that is ending has its heap for one call.
    if slot == ace_slot_ended() { HeapRegistry.leaveDormant(.ofThread) }
    ace_slot_set(slot)
  }

  /// Checks the red zone of the live block that ends where another begins. Another thread may be freeing it, and is believed.
  private static func checkNeighbour(before address: UInt) {
    guard let neighbour = Neighbour.before(address) else { return }
    let usable = ungatedUsableByteCount(neighbour.address)
    var attempt = 0
    while attempt < 2 {
      guard LiveMap.contains(neighbour.address), !RedZone.isIntact(neighbour, usable) else { return }
      attempt += 1
    }
    RedZone.checkLive(neighbour, usable)
  }
}
