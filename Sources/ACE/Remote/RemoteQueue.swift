// SPDX-License-Identifier: MIT

import CACE

/// Blocks that other threads freed, waiting for the owner of their slab or mid superslab. One of each; a cache line that
/// the owner reads only when it drains.
///
/// Conservation: a queue is in its owner's inbox exactly from the moment its chain stops being empty until the owner has
/// taken it out of the inbox. Only draining empties a chain, and takes the whole: no list pops single nodes.
struct RemoteQueue {
  /// The first block in the upper 48 bits, how many there are in the lower 16. Written by everybody, atomically.
  private var chain: UInt64 = 0
  /// The next queue of the inbox, by its address. Written by whoever puts the queue into the inbox.
  fileprivate(set) var next: UInt64 = 0
  /// Written by the owner, when the queue is empty.
  var owner: HeapPointer?
}

typealias RemoteQueuePointer = UnsafeMutablePointer<RemoteQueue>

extension UnsafeMutablePointer<RemoteQueue> {
  // The chain is the first field.
  @inline(__always) private var chain: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }

  /// Adds blocks linked from `first` to `last`, and tells the owner when there were none.
  func post(first: BlockPointer, last: BlockPointer, count: UInt64) {
    var old: UInt64
    repeat {
      old = ace_load(chain)
      last.pointee.next = BlockPointer(bitPattern: UInt(old >> 16))
    } while !ace_compare_exchange(chain, old, UInt64(first.address) << 16 | (old & 0xffff) &+ count)
    if old == 0, let owner = pointee.owner { notify(owner.inbox) }
  }

  private func notify(_ inbox: UnsafeMutableRawPointer) {
    var old: UInt64
    repeat {
      old = ace_load(inbox)
      pointee.next = old
    } while !ace_compare_exchange(inbox, old, UInt64(UInt(bitPattern: self)))
  }

  /// Takes all blocks.
  func takeAll() -> (first: BlockPointer?, count: UInt32) {
    let taken = ace_exchange(chain, 0)
    return (BlockPointer(bitPattern: UInt(taken >> 16)), UInt32(taken & 0xffff))
  }
}
