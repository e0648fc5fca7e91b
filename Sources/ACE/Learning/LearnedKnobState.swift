// SPDX-License-Identifier: MIT

/// What the learner knows of one knob.
struct LearnedKnobState {
  /// Epochs for which a knob is left alone after a contest: at first, and at most. They double with every contest lost.
  @inline(__always) static var leastQuietEpochs: UInt32 { 16 }
  @inline(__always) static var mostQuietEpochs: UInt32 { 1024 }
  /// Epochs after a move in which the way back asks for twice the lead.
  @inline(__always) static var cautiousEpochs: UInt32 { 256 }

  /// The level in force.
  var level: UInt8 = 0
  /// Whether the user has set the knob: then nobody else does.
  var isPinned = false
  /// Which neighbour is tried next.
  var triesUp = true
  /// Which way the knob moved last.
  var movedUp = false
  /// Epochs left until it is tried again.
  var quietEpochs: UInt32 = 0
  /// Those that follow the next lost contest.
  var nextQuietEpochs: UInt32 = Self.leastQuietEpochs
  /// Epochs left in which the way back is made hard.
  var cautiousEpochs: UInt32 = 0

  mutating func epochEnded() {
    if quietEpochs > 0 { quietEpochs -= 1 }
    if cautiousEpochs > 0 { cautiousEpochs -= 1 }
  }

  /// A rival won: on to the next in that direction.
  mutating func moved(to newLevel: Int, up: Bool) {
    level = UInt8(truncatingIfNeeded: newLevel)
    movedUp = up
    triesUp = up
    cautiousEpochs = Self.cautiousEpochs
    nextQuietEpochs = Self.leastQuietEpochs
    quietEpochs = nextQuietEpochs
  }

  /// There was nothing to compare, which is nobody's defeat.
  mutating func wasAbandoned() { quietEpochs = Self.leastQuietEpochs }

  /// A rival lost: the other neighbour is next, unless it was close.
  mutating func stayed(triedUp: Bool, wasClose: Bool) {
    triesUp = triedUp == wasClose
    quietEpochs = nextQuietEpochs
    nextQuietEpochs = min(nextQuietEpochs * 2, Self.mostQuietEpochs)
  }
}
