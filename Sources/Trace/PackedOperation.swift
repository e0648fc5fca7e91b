// SPDX-License-Identifier: MIT

import Events

/// The byte in the operations column of an event whose token is `general`: its kind, and what it says itself.
struct PackedOperation {
  var byte: UInt8

  private static let kindMask: UInt8 = 7
  private static let slotFlag: UInt8 = 8
  private static let awaitFlag: UInt8 = 16

  init(byte: UInt8) { self.byte = byte }

  init(_ kind: Event.Kind, givesSlot: Bool, givesAwait: Bool) {
    byte = kind.rawValue | (givesSlot ? Self.slotFlag : 0) | (givesAwait ? Self.awaitFlag : 0)
  }

  /// Nil when the byte stands for nothing.
  var kind: Event.Kind? { byte < 32 ? Event.Kind(rawValue: byte & Self.kindMask) : nil }
  var givesSlot: Bool { byte & Self.slotFlag != 0 }
  var givesAwait: Bool { byte & Self.awaitFlag != 0 }
}
