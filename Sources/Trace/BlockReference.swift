// SPDX-License-Identifier: MIT

/// How a packed trace names the block that a free or realloc deals with: a number of steps from a place where such a
/// block is likely to be, or the slot itself.
///
/// Programs free what they allocated last, or walk a structure and free it block by block in the order in which it was
/// built, or the reverse: the three places are the newest block of the thread and both neighbours of the block
/// that it freed last.
struct BlockReference: Equatable {
  /// 0 to 7: steps from the thread's newest live block towards older ones; 8 to 15: from the newer neighbour of the
  /// last freed one towards newer ones; 16 to 23: from its older neighbour towards older ones; 24: the slot is given.
  let code: UInt8

  /// Chosen: 16 makes traces no smaller by a fiftieth, and the walks cost a third of the speed of writing.
  static let reach: UInt8 = 8
  static let explicit = BlockReference(code: 3 * reach)

  var isNearNewest: Bool { code < Self.reach }
}

extension SlotModel {
  /// The shortest name of a live block in the eyes of a thread.
  func reference(to slot: UInt32, by thread: UInt32) -> BlockReference {
    let newest = lists[Self.live(of: thread)].newest
    if let steps = steps(from: newest, to: slot, towardsNewer: false) { return BlockReference(code: steps) }
    let newer = threads[Int(thread)].fingerNewer
    if isLive(newer), let steps = steps(from: newer, to: slot, towardsNewer: true) {
      return BlockReference(code: BlockReference.reach + steps)
    }
    let older = threads[Int(thread)].fingerOlder
    if isLive(older), let steps = steps(from: older, to: slot, towardsNewer: false) {
      return BlockReference(code: 2 * BlockReference.reach + steps)
    }
    return .explicit
  }

  /// The live block that a name stands for, or nil when there is none; the name must not be `explicit`.
  func slot(namedBy reference: BlockReference, by thread: UInt32) -> UInt32? {
    let towardsNewer: Bool
    var slot: UInt32
    switch reference.code / BlockReference.reach {
    case 0:
      slot = lists[Self.live(of: thread)].newest
      towardsNewer = false
    case 1:
      slot = threads[Int(thread)].fingerNewer
      towardsNewer = true
    default:
      slot = threads[Int(thread)].fingerOlder
      towardsNewer = false
    }
    guard isLive(slot) else { return nil }
    for _ in 0..<reference.code % BlockReference.reach {
      slot = towardsNewer ? slots[Int(slot)].newer : slots[Int(slot)].older
      guard slot != Self.none else { return nil }
    }
    return slot
  }

  private func steps(from start: UInt32, to slot: UInt32, towardsNewer: Bool) -> UInt8? {
    var current = start
    var steps: UInt8 = 0
    while current != Self.none, steps < BlockReference.reach {
      if current == slot { return steps }
      current = towardsNewer ? slots[Int(current)].newer : slots[Int(current)].older
      steps &+= 1
    }
    return nil
  }
}
