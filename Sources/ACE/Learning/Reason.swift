// SPDX-License-Identifier: MIT

/// Why something was decided, with the two numbers that decided it.
struct Reason {
  enum Kind: UInt8 {
    /// The rival won so many pairs of epochs of so many.
    case wonContest
    /// The rival won only so many pairs of epochs of so many, and the knob stays.
    case lostContest
    /// Blocks of a class were made of fresh pages so often in so many ticks.
    case oftenRefilled
    /// They were so rarely.
    case rarelyRefilled
    /// So many of a class's slabs came and went in so many ticks.
    case slabsComeAndGo
    /// So few did.
    case slabsStay
    /// A list that had been given back was asked for again, so many times of so many.
    case shrunkTooSoon
    /// It was not asked for again.
    case shrunkForGood
    /// The value lay outside of these bounds, which the goal sets.
    case leftBounds
  }

  var kind: Kind
  var first: UInt32
  var second: UInt32
}
