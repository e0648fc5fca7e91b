// SPDX-License-Identifier: MIT

/// Cap, refill and trim of one size class, by what the class went through: what costs time is raised while it does, and lowered
/// once it has not for a while. At most one change an epoch, so that each can be seen to work before the next.
///
/// The threshold to raise and the one to lower lie apart by more than a change moves the figure, so that a steady load comes to
/// rest; `Patience` is for loads that are not steady.
struct ClassController {
  /// So many times a tick fresh pages were made blocks of: double them. In fewer than every second tick: halve them.
  @inline(__always) static var manyCarvings: UInt64 { 8 }
  /// So many slabs a tick came and went: keep one more. Fewer than in every second tick: one less.
  @inline(__always) static var manyPassingSlabs: UInt64 { 4 }
  /// So many lists, and half of those given back, were asked for again: wait twice as long.
  @inline(__always) static var manyRegrets: UInt32 { 3 }
  /// None of so many: wait half as long.
  @inline(__always) static var manyShrunkLists: UInt32 { 8 }

  /// The policy that the class is to have.
  private(set) var policy: ClassPolicy
  /// Whether the class was ever refilled: there is nothing to decide about one that the program does not use.
  private var isUsed = false
  private var keptPatience = Patience(periods: 4)
  private var carvePatience = Patience(periods: 4)
  private var shrinkPatience = Patience(periods: 1)
  /// Lists given back, and asked for again, since that was last judged.
  private var shrunkLists: UInt32 = 0
  private var regrettedLists: UInt32 = 0

  init(policy: ClassPolicy) { self.policy = policy }

  /// Takes an epoch's figures; what is decided of them, if anything, with `policy` changed accordingly. `movable` has a bit for
  /// each knob, by its number, that the user has not set; `classNumber` names the class in the decision.
  mutating func epochEnded(
    _ figures: ClassFigures, classNumber: UInt8, bounds: ClassBounds, movable: UInt64
  ) -> Decision? {
    if figures.refills > 0 { isUsed = true }
    guard isUsed, figures.ticks > 0 else { return nil }
    let old = policy
    // All three look at every epoch; the first that has something to change does, the others may in the next.
    let passing = min(figures.begunSlabs, figures.returnedSlabs)
    let carvings = figures.carvedPages / UInt64(max(policy.carvePages, 1))
    keptPatience.note(isQuiet: passing < (figures.ticks &+ 1) / 2)
    carvePatience.note(isQuiet: carvings < (figures.ticks &+ 1) / 2)
    shrunkLists = Self.sum(shrunkLists, figures.shrunkLists)
    regrettedLists = Self.sum(regrettedLists, figures.regrettedLists)
    if Self.has(.keepSlabs, movable), let reason = changeKeptSlabs(figures, passing: passing, bounds) {
      return Decision(
        subject: .keepSlabs, classNumber: classNumber, oldValue: UInt64(old.keptSlabs),
        newValue: UInt64(policy.keptSlabs), reason: reason)
    }
    if Self.has(.carvePages, movable), let reason = changeCarvePages(figures, carvings: carvings, bounds) {
      return Decision(
        subject: .carvePages, classNumber: classNumber, oldValue: UInt64(old.carvePages),
        newValue: UInt64(policy.carvePages), reason: reason)
    }
    if Self.has(.shrinkTicks, movable), let reason = changeShrinkTicks(bounds) {
      return Decision(
        subject: .shrinkTicks, classNumber: classNumber, oldValue: UInt64(old.shrinkTicks),
        newValue: UInt64(policy.shrinkTicks), reason: reason)
    }
    return nil
  }

  private mutating func changeKeptSlabs(_ figures: ClassFigures, passing: UInt64, _ bounds: ClassBounds) -> Reason? {
    let (least, most) = (bounds.leastKeptSlabs, bounds.mostKeptSlabs)
    guard policy.keptSlabs >= least, policy.keptSlabs <= most else {
      policy.keptSlabs = min(max(policy.keptSlabs, least), most)
      return Self.reason(.leftBounds, UInt64(least), UInt64(most))
    }
    if passing / Self.manyPassingSlabs >= figures.ticks, policy.keptSlabs < most {
      policy.keptSlabs += 1
      keptPatience.raised()
      return Self.reason(.slabsComeAndGo, passing, figures.ticks)
    }
    guard policy.keptSlabs > least, keptPatience.isOver(idle: figures.refills == 0) else { return nil }
    policy.keptSlabs -= 1
    keptPatience.lowered()
    return Self.reason(.slabsStay, passing, figures.ticks)
  }

  private mutating func changeCarvePages(_ figures: ClassFigures, carvings: UInt64, _ bounds: ClassBounds) -> Reason? {
    let (least, most) = (bounds.leastCarvePages, bounds.mostCarvePages)
    guard policy.carvePages >= least, policy.carvePages <= most else {
      policy.carvePages = min(max(policy.carvePages, least), most)
      return Self.reason(.leftBounds, UInt64(least), UInt64(most))
    }
    if carvings / Self.manyCarvings >= figures.ticks, policy.carvePages < most {
      policy.carvePages = min(policy.carvePages &* 2, most)
      carvePatience.raised()
      return Self.reason(.oftenRefilled, carvings, figures.ticks)
    }
    guard policy.carvePages > least, carvePatience.isOver(idle: figures.refills == 0) else { return nil }
    policy.carvePages = max(policy.carvePages / 2, least)
    carvePatience.lowered()
    return Self.reason(.rarelyRefilled, carvings, figures.ticks)
  }

  private mutating func changeShrinkTicks(_ bounds: ClassBounds) -> Reason? {
    let (least, most) = (bounds.leastShrinkTicks, bounds.mostShrinkTicks)
    guard policy.shrinkTicks >= least, policy.shrinkTicks <= most else {
      policy.shrinkTicks = min(max(policy.shrinkTicks, least), most)
      return Self.reason(.leftBounds, UInt64(least), UInt64(most))
    }
    let (shrunk, regretted) = (shrunkLists, regrettedLists)
    let isRegretted = regretted >= Self.manyRegrets && regretted * 2 >= shrunk
    guard isRegretted || shrunk >= Self.manyShrunkLists else { return nil }
    (shrunkLists, regrettedLists) = (0, 0)
    shrinkPatience.note(isQuiet: regretted == 0)
    if isRegretted {
      guard policy.shrinkTicks < most else { return nil }
      policy.shrinkTicks = min(policy.shrinkTicks &* 2, most)
      shrinkPatience.raised()
      return Self.reason(.shrunkTooSoon, UInt64(regretted), UInt64(shrunk))
    }
    guard policy.shrinkTicks > least, shrinkPatience.isOver(idle: false) else { return nil }
    policy.shrinkTicks = max(policy.shrinkTicks / 2, least)
    shrinkPatience.lowered()
    return Self.reason(.shrunkForGood, UInt64(regretted), UInt64(shrunk))
  }

  private static func has(_ knob: Knob, _ bits: UInt64) -> Bool { bits & (1 << UInt64(knob.rawValue)) != 0 }

  /// A sum that stays small, whatever the counter says.
  private static func sum(_ count: UInt32, _ more: UInt64) -> UInt32 {
    min(count, 1 << 20) + UInt32(min(more, 1 << 20))
  }

  private static func reason(_ kind: Reason.Kind, _ first: UInt64, _ second: UInt64) -> Reason {
    Reason(kind: kind, first: UInt32(min(first, UInt64(UInt32.max))), second: UInt32(min(second, UInt64(UInt32.max))))
  }
}
