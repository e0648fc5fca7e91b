// SPDX-License-Identifier: MIT

import CACE

/// The learning layer of the process: threads hand in what they counted, and at the end of each epoch it is decided how classes
/// and knobs go on. Everything here changes under the engine's lock, but for the ring. docs/learning.md tells the whole story.
enum Engine {
  // Chosen: short, so that a program of a second sees decisions; long enough for a thousand blocks in each.
  @inline(__always) private static var ticksPerEpoch: UInt64 { 2 }

  // Written here alone.
  nonisolated(unsafe) static var decisions = DecisionRing()
  private nonisolated(unsafe) static var ring = ObservationRing()
  private nonisolated(unsafe) static var learner = KnobLearner(seed: 1)
  private nonisolated(unsafe) static var classes = ClassLearner()
  private nonisolated(unsafe) static var hasBegun = false
  private nonisolated(unsafe) static var start: UInt64 = 0
  private nonisolated(unsafe) static var epoch: UInt64 = 0
  private nonisolated(unsafe) static var ticks: UInt64 = 0
  /// Of the epoch so far.
  private nonisolated(unsafe) static var figures = EpochFigures()
  private nonisolated(unsafe) static var purgedPages: UInt64 = 0
  private nonisolated(unsafe) static var isCosted = false

  static var observationCount: UInt64 { withRing { $0.acceptedCount } }

  /// Hands in what a heap has counted since it last did. By the thread that uses the heap.
  static func observe(_ heap: HeapPointer) {
    guard EngineMode.current != .off else { return }
    let total = heap.figures()
    let observation = Observation(
      heapNumber: UInt64(UInt(bitPattern: heap)), milliseconds: PolicyClock.now(),
      figures: total - heap.pointee.activity.observed)
    if withRing({ $0.append(observation) }) { heap.pointee.activity.observed = total }
  }

  /// Called at every tick with the engine's lock held.
  static func tick(_ now: UInt64) {
    guard EngineMode.current != .off, !Gate.isOn else { return }
    if !hasBegun { begin(now) }
    while let observation = withRing({ $0.take() }) { figures = figures + observation.figures }
    figures.sampleMemory(
      residentByteCount: MemoryUse.residentByteCount(), liveByteCount: MemoryUse.knownLiveByteCount())
    ticks &+= 1
    guard ticks >= ticksPerEpoch else { return }
    endEpoch(now)
    ticks = 0
    figures = EpochFigures()
  }

  /// In a forked child: what other threads were handing in is lost.
  static func forget() { withRing { $0.reset() } }

  private static func begin(_ now: UInt64) {
    hasBegun = true
    start = now
    learner = KnobLearner(seed: Settings.seed ?? 1)
    var index = 0
    while let knob = Knob(rawValue: index) {
      learner.begin(knob, at: knob.value)
      index += 1
    }
    purgedPages = MemoryUse.purgedPageCount()
    classes.begin()
  }

  private static func endEpoch(_ now: UInt64) {
    epoch &+= 1
    let isOn = EngineMode.current == .on
    classes.epochEnded(ticks: ticks, applies: isOn) { decision in note(decision, now, wasApplied: isOn) }
    guard isOn else { return }
    let purged = MemoryUse.purgedPageCount()
    figures.purgedPages = purged &- purgedPages
    // How many calls these took is not counted: a superslab's worth each is a fair guess from below.
    figures.purgeCalls = figures.purgedPages / 512 &+ (figures.purgedPages == 0 ? 0 : 1)
    purgedPages = purged
    let cost = isCosted ? CostFunction(goal: Goal.current).cost(of: figures) : nil
    let usable = LearnedKnob.usableBits(switchBits: Switch.onBits) & ~Knob.pinnedBits
    let step = learner.epochEnded(cost: cost, usable: usable)
    // A contest about a knob that the user has set meanwhile ends, but what the user has set stays.
    if let knob = step.knob, Knob.pinnedBits & knob.bit == 0 { knob.value = step.value }
    isCosted = step.needsCost
    if let decision = step.decision { note(decision, now, wasApplied: decision.wasApplied) }
  }

  private static func note(_ decision: Decision, _ now: UInt64, wasApplied: Bool) {
    var decision = decision
    decision.milliseconds = now &- start
    decision.epoch = epoch
    decision.wasApplied = wasApplied
    decisions.append(decision)
  }

  private static func withRing<Result>(_ body: (ObservationRingPointer) -> Result) -> Result {
    withUnsafeMutablePointer(to: &ring) { body($0) }
  }
}
