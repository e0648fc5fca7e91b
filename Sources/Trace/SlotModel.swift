// SPDX-License-Identifier: MIT

/// The state that writer and reader of a packed trace keep in step, from which most of an event follows: which slot an
/// allocation takes, which thread an event awaits, and which block a free is likely to name.
///
/// Every slot is a member of exactly one list: the live blocks of the thread that allocated or reallocated them last,
/// the slots which that thread freed and may take again, or the queue of slots that another thread freed. A list is in
/// order of entry. `docs/trace-format.md` states the rules; a change to them is a change of the format.
struct SlotModel: ~Copyable {
  /// What is known of a slot. `performedCount` and `thread` name the event that dealt with it last.
  struct Slot: BitwiseCopyable {
    var performedCount: UInt64
    var thread: UInt32
    var list: UInt32
    var older: UInt32
    var newer: UInt32
  }

  /// The ends of a list; `none` when it is empty.
  struct List: BitwiseCopyable {
    var oldest = SlotModel.none
    var newest = SlotModel.none
    var count: UInt32 = 0
  }

  /// What is known of a thread.
  struct Thread: BitwiseCopyable {
    /// Events performed so far.
    var performedCount: UInt64 = 0
    /// The neighbours, when it was freed, of the block that this thread last freed anywhere but near its newest ones.
    var fingerNewer = SlotModel.none
    var fingerOlder = SlotModel.none
    /// Whether its latest event was its end.
    var hasEnded = false
  }

  static let none = UInt32.max
  /// How long the queue must be before a slot is expected to be taken from it; `SlotPool.handoverDistance` in Events.
  static let handoverDistance: UInt32 = 1024
  private static let queue = 0

  var slots = FlatArray<Slot>(capacity: 1024)
  var lists = FlatArray<List>()
  var threads = FlatArray<Thread>()
  /// How far a thread (high half of the key) is known to have waited for another (low half).
  private var awaited: [UInt64: UInt64] = [:]
  private var previousThread: UInt32 = 0

  /// A model of a program that has run nothing: its first thread exists.
  init() {
    lists.append(List())
    appendThread()
  }

  var slotCount: UInt32 { UInt32(truncatingIfNeeded: slots.count) }
  var threadCount: UInt32 { UInt32(truncatingIfNeeded: threads.count) }

  /// Blocks live now.
  var liveBlockCount: UInt64 {
    (0..<threads.count).reduce(0) { $0 + UInt64(lists[Self.live(of: UInt32($1))].count) }
  }

  /// Adds the next thread.
  mutating func appendThread() {
    threads.append(Thread())
    lists.append(List())
    lists.append(List())
  }

  func isLive(_ slot: UInt32) -> Bool {
    slot < slotCount && slots[Int(slot)].list & 1 == 1
  }

  /// Whether an allocation may take this slot: it is free, or the next one that was never used.
  func isVacant(_ slot: UInt32) -> Bool { slot == slotCount || (slot < slotCount && !isLive(slot)) }

  /// The slot that an allocation by a thread takes unless it says otherwise.
  func predictedSlot(for thread: UInt32) -> UInt32 {
    let own = lists[Self.free(of: thread)].newest
    if own != Self.none { return own }
    let queue = lists[Self.queue]
    return queue.count > Self.handoverDistance ? queue.oldest : slotCount
  }

  // MARK: Dependence

  /// The thread and count that an event must await to deal with a slot, or nil when nothing more is needed.
  func dependence(of thread: UInt32, onSlot slot: UInt32) -> Dependence? {
    guard slot < slotCount else { return nil }
    let former = slots[Int(slot)]
    guard former.thread != thread, former.performedCount > awaitedCount(by: thread, of: former.thread) else {
      return nil
    }
    return Dependence(thread: former.thread, performedCount: former.performedCount)
  }

  /// The thread that is taken to have started another when the event does not say otherwise: the one that acted last.
  func predictedStarter() -> Dependence {
    let starter = threads[Int(previousThread)].hasEnded ? 0 : previousThread
    return Dependence(thread: starter, performedCount: threads[Int(starter)].performedCount)
  }

  func awaitedCount(by thread: UInt32, of other: UInt32) -> UInt64 {
    awaited[UInt64(thread) << 32 | UInt64(other), default: 0]
  }

  /// Notes that a thread has waited for another.
  mutating func learn(by thread: UInt32, _ dependence: Dependence) {
    let key = UInt64(thread) << 32 | UInt64(dependence.thread)
    awaited[key] = max(awaited[key, default: 0], dependence.performedCount)
  }

  // MARK: Events

  /// Notes an allocation into a vacant slot.
  mutating func allocate(_ slot: UInt32, by thread: UInt32) {
    if slot == slotCount {
      slots.append(Slot(performedCount: 0, thread: thread, list: 0, older: Self.none, newer: Self.none))
    } else {
      unlink(slot)
    }
    hold(slot, by: thread)
  }

  /// Notes a realloc of a live slot.
  mutating func reallocate(_ slot: UInt32, by thread: UInt32, foundBy finding: BlockReference) {
    moveFinger(of: thread, from: slot, foundBy: finding)
    unlink(slot)
    hold(slot, by: thread)
  }

  /// Notes a free of a live slot.
  mutating func free(_ slot: UInt32, by thread: UInt32, foundBy finding: BlockReference) {
    moveFinger(of: thread, from: slot, foundBy: finding)
    unlink(slot)
    let isOwn = slots[Int(slot)].thread == thread
    touch(slot, by: thread)
    append(slot, toList: isOwn ? Self.free(of: thread) : Self.queue)
  }

  /// Notes the start of a thread.
  mutating func start(_ thread: UInt32) { _ = perform(thread) }

  /// Notes the end of a thread: the slots it could have taken again go to the queue.
  mutating func end(_ thread: UInt32) {
    let performedCount = perform(thread)
    let own = Self.free(of: thread)
    while lists[own].oldest != Self.none {
      let slot = lists[own].oldest
      unlink(slot)
      slots[Int(slot)].performedCount = performedCount
      slots[Int(slot)].thread = thread
      append(slot, toList: Self.queue)
    }
    threads[Int(thread)].hasEnded = true
  }

  // MARK: Lists

  /// The list of a thread's live blocks. Its number is odd, that of a list of free slots even.
  static func live(of thread: UInt32) -> Int { Int(thread) * 2 + 1 }
  private static func free(of thread: UInt32) -> Int { Int(thread) * 2 + 2 }

  private mutating func hold(_ slot: UInt32, by thread: UInt32) {
    touch(slot, by: thread)
    append(slot, toList: Self.live(of: thread))
  }

  private mutating func touch(_ slot: UInt32, by thread: UInt32) {
    let performedCount = perform(thread)
    slots[Int(slot)].performedCount = performedCount
    slots[Int(slot)].thread = thread
  }

  private mutating func perform(_ thread: UInt32) -> UInt64 {
    previousThread = thread
    threads[Int(thread)].hasEnded = false
    threads[Int(thread)].performedCount &+= 1
    return threads[Int(thread)].performedCount
  }

  private mutating func moveFinger(of thread: UInt32, from slot: UInt32, foundBy finding: BlockReference) {
    let older = slots[Int(slot)].older
    let newer = slots[Int(slot)].newer
    let isNearNewest = finding.isNearNewest
    if !isNearNewest || threads[Int(thread)].fingerNewer == slot { threads[Int(thread)].fingerNewer = newer }
    if !isNearNewest || threads[Int(thread)].fingerOlder == slot { threads[Int(thread)].fingerOlder = older }
  }

  private mutating func unlink(_ slot: UInt32) {
    let member = slots[Int(slot)]
    let list = Int(member.list)
    if member.older == Self.none {
      lists[list].oldest = member.newer
    } else {
      slots[Int(member.older)].newer = member.newer
    }
    if member.newer == Self.none {
      lists[list].newest = member.older
    } else {
      slots[Int(member.newer)].older = member.older
    }
    lists[list].count &-= 1
  }

  private mutating func append(_ slot: UInt32, toList list: Int) {
    let newest = lists[list].newest
    slots[Int(slot)].list = UInt32(truncatingIfNeeded: list)
    slots[Int(slot)].older = newest
    slots[Int(slot)].newer = Self.none
    if newest == Self.none {
      lists[list].oldest = slot
    } else {
      slots[Int(newest)].newer = slot
    }
    lists[list].newest = slot
    lists[list].count &+= 1
  }
}
