// SPDX-License-Identifier: MIT

import CACE

// Lists of classes that are not in use. For the thread that may use the heap.
extension UnsafeMutablePointer<Heap> {
  /// Looks at every class once: a list that looked the same for long enough goes back to its slab, and some ticks later the
  /// class's empty pages go back to the system.
  ///
  /// A class in use may look the same by chance, when its list is popped and pushed in turn: it then pays for one refill.
  func lookAfterClasses() {
    let idleTickCount = UInt16(truncatingIfNeeded: min(Upkeep.idleTickCount, 10_000))
    var number = 1
    while number <= Layout.classCount {
      let ticks = noteTick(SizeClass(number: number))
      let policy = ClassPolicies.table[unchecked: number]
      // The engine may have moved the limit below the ticks that have passed.
      if ticks >= policy.shrinkTicks, Switch.listShrink.isOn {
        shrink(SizeClass(number: number), after: policy.shrinkTicks)
      }
      if isTrimDue(ticks, policy.shrinkTicks, idleTickCount), Switch.idleTrim.isOn {
        trimClass(SizeClass(number: number))
      }
      number += 1
    }
  }

  /// Whether a class has been unused for so many ticks after its list was, twice as many, four times and so on: what frees to
  /// slabs other than the current one have emptied meanwhile does not show in how it looks.
  private func isTrimDue(_ ticks: UInt16, _ shrinkTicks: UInt16, _ idleTickCount: UInt16) -> Bool {
    guard ticks > shrinkTicks, ticks < .max, idleTickCount > 0 else { return false }
    let (times, rest) = (ticks &- shrinkTicks).quotientAndRemainder(dividingBy: idleTickCount)
    return rest == 0 && times > 0 && times & (times &- 1) == 0
  }

  /// Ticks for which a class has looked the same.
  private func noteTick(_ sizeClass: SizeClass) -> UInt16 {
    let number = sizeClass.number
    let front = front(sizeClass).pointee
    let head = front.head.map { UInt32(truncatingIfNeeded: $0.address >> Layout.grainShift) } ?? 0
    let counters = pointee.counters[unchecked: number]
    let counts = UInt32(truncatingIfNeeded: counters.refills &+ counters.borrowedBlocks &+ counters.remoteFrees)
    let fingerprint = head ^ (counts &* 0x9e37_79b1) ^ UInt32(truncatingIfNeeded: front.current)
    if fingerprint != pointee.activity.fingerprints[unchecked: number] {
      pointee.activity.fingerprints[unchecked: number] = fingerprint
      let ticks = pointee.activity.idleTickCounts[unchecked: number]
      let shrinkTicks = ClassPolicies.table[unchecked: number].shrinkTicks
      if pointee.activity.hasShrunk[unchecked: number], ticks < 2 &* shrinkTicks, front.head != nil {
        pointee.counters[unchecked: number].regrettedLists &+= 1
      }
      pointee.activity.hasShrunk[unchecked: number] = false
      pointee.activity.idleTickCounts[unchecked: number] = 0
    } else if pointee.activity.idleTickCounts[unchecked: number] < .max {
      pointee.activity.idleTickCounts[unchecked: number] &+= 1
    }
    return pointee.activity.idleTickCounts[unchecked: number]
  }

  private func shrink(_ sizeClass: SizeClass, after ticks: UInt16) {
    guard front(sizeClass).pointee.head != nil else { return }
    flush(sizeClass)
    giveBackKept(sizeClass)
    pointee.counters[unchecked: sizeClass.number].shrunkLists &+= 1
    // What it looks like now is how it is expected to look.
    pointee.activity.fingerprints[unchecked: sizeClass.number] = 0
    _ = noteTick(sizeClass)
    pointee.activity.idleTickCounts[unchecked: sizeClass.number] = ticks
    pointee.activity.hasShrunk[unchecked: sizeClass.number] = true
  }
}
