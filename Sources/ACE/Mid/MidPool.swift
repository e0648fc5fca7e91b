// SPDX-License-Identifier: MIT

import CACE

/// Superslabs of mid blocks that no heap has. Everything here changes under the superslabs' lock.
enum MidPool {
  // Chosen: superslabs that stay resident for the next heap.
  private static let warmLimit: UInt = 1

  private(set) nonisolated(unsafe) static var count: UInt = 0
  /// Superslabs that heaps have asked for.
  private(set) nonisolated(unsafe) static var claimCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var purgedByteCount: UInt64 = 0
  private nonisolated(unsafe) static var free = FirstFreeIndex()
  /// Superslabs that are not mapped at the moment.
  private nonisolated(unsafe) static var unmapped = FirstFreeIndex()
  private nonisolated(unsafe) static var warmCount: UInt = 0

  /// A superslab for a heap, by its first unit; nil when there is no memory. What its table holds is undefined: that of one
  /// that stayed resident has the tags of its former blocks. Where `expectsFill`, a new one asks for huge pages.
  static func claim(for owner: HeapPointer, expectsFill: Bool) -> UInt32? {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    claimCount &+= 1
    guard let index = free.first() ?? mend() ?? extend(expectsFill: expectsFill) else { return nil }
    free.remove(index)
    let start = Span.mid.start &+ index << Layout.superslabShift
    let superslab = MidSuperslab.containing(start)
    if superslab.pointee.owner != nil { warmCount &-= 1 }
    superslab.pointee.owner = owner
    superslab.remoteQueue.initialize(to: RemoteQueue())
    superslab.remoteQueue.pointee.owner = owner
    return MidStore.unit(start)
  }

  /// Takes back a superslab without live blocks.
  static func release(_ superslab: UnsafeMutablePointer<MidSuperslab>) {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    if warmCount < warmLimit {
      warmCount &+= 1
    } else {
      purge(superslab)
    }
    free.insert((UInt(bitPattern: superslab) &- Span.mid.start) >> Layout.superslabShift)
  }

  /// Gives every superslab that no heap has back to the system; whether there was one that was resident.
  static func trim() -> Bool {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    let before = purgedByteCount
    var index: UInt = 0
    while index < count, warmCount > 0 {
      let superslab = MidSuperslab.containing(Span.mid.start &+ index << Layout.superslabShift)
      if free.contains(index), superslab.pointee.owner != nil {
        purge(superslab)
        warmCount &-= 1
      }
      index &+= 1
    }
    return purgedByteCount != before
  }

  /// Gives the superslabs that no heap has back, addresses and all; whether there was one.
  static func shrink() -> Bool {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    var hasCut = false
    while let index = free.first() {
      let offset = index << Layout.superslabShift
      let isWarm = MidSuperslab.containing(Span.mid.start &+ offset).pointee.owner != nil
      guard Span.cut(&Span.mid, offset, Layout.superslabByteCount) else { return hasCut }
      hasCut = true
      if isWarm { warmCount &-= 1 }
      free.remove(index)
      unmapped.insert(index)
    }
    return hasCut
  }

  /// Maps a superslab again that was given back; its index.
  private static func mend() -> UInt? {
    guard let index = unmapped.first(),
      Span.mend(&Span.mid, index << Layout.superslabShift, Layout.superslabByteCount)
    else { return nil }
    unmapped.remove(index)
    return index
  }

  /// What is read as zero afterwards has no owner: that is how a warm superslab is told from others.
  private static func purge(_ superslab: UnsafeMutablePointer<MidSuperslab>) {
    superslab.pointee.owner = nil
    if ace_purge(superslab, Int(Layout.superslabByteCount)) { purgedByteCount &+= UInt64(Layout.superslabByteCount) }
  }

  private static func extend(expectsFill: Bool) -> UInt? {
    let index = count
    let end = (index &+ 1) << Layout.superslabShift
    guard Span.commit(&Span.mid, end, step: Layout.superslabByteCount) else { return nil }
    count &+= 1
    LargeHeap.makeRoom(Layout.superslabByteCount)
    if expectsFill, SuperslabPool.mayHaveHugePages(index) {
      let memory = UnsafeMutableRawPointer(bitPattern: Span.mid.start &+ index << Layout.superslabShift)
      ace_advise_huge_pages(memory.unsafelyUnwrapped, Int(Layout.superslabByteCount))
    }
    return index
  }
}
