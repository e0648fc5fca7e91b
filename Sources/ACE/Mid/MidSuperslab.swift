// SPDX-License-Identifier: MIT

/// The record of a superslab of mid blocks, in the place of the tags that its table does not need.
struct MidSuperslab {
  /// The heap that the superslab belongs to. Written under the superslabs' lock, while no block is live.
  var owner: HeapPointer?

  /// The superslab that an address lies in.
  @inline(__always) static func containing(_ address: UInt) -> UnsafeMutablePointer<MidSuperslab> {
    UnsafeMutablePointer(bitPattern: address & ~(Layout.superslabByteCount &- 1)).unsafelyUnwrapped
  }

  /// Whether the superslab of an address belongs to a heap.
  @inline(__always) static func isOwned(_ address: UInt, by heap: HeapPointer) -> Bool {
    UInt(bitPattern: containing(address).pointee.owner) == UInt(bitPattern: heap)
  }
}

extension UnsafeMutablePointer<MidSuperslab> {
  // Derived: the cache line after the record, which other threads write to.
  @inline(__always) var remoteQueue: RemoteQueuePointer {
    RemoteQueuePointer(bitPattern: UInt(bitPattern: self) &+ 64).unsafelyUnwrapped
  }
}
