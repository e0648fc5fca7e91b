// SPDX-License-Identifier: MIT

#if !ACE_TABLE && !ACE_HEADER

  import CACE

  // The record in the slab's tail, 32 bytes before its end and then a multiple of 64 lower that the slab's number decides:
  // at one fixed place, the records of all slabs would share a set of the cache, which is slower by a factor of 10 from
  // 32 slabs on. The remote queue is in the cache line before, so that other threads' frees do not take the owner's line.
  extension Slab {
    // Derived: four bits of the number, 64 bytes apart.
    @inline(__always) private static var colourMask: UInt { 0x3c0 }
    @inline(__always) private static var queueDistance: UInt { 96 }

    /// Nothing is kept outside of the slab.
    static var recordStride: UInt { 0 }

    @inline(__always) init(containing address: UInt) {
      let last = address | (Layout.slabByteCount &- 1)
      let place = last &- 31 &- ((address >> 10) & Self.colourMask)
      record = UnsafeMutablePointer(bitPattern: place).unsafelyUnwrapped
    }

    @inline(__always) init(number: UInt) { self.init(containing: Span.tiny.start &+ number << Layout.slabShift) }

    @inline(__always) var number: UInt { (UInt(bitPattern: record) &- Span.tiny.start) >> Layout.slabShift }

    @inline(__always) var remoteQueue: RemoteQueuePointer {
      RemoteQueuePointer(bitPattern: UInt(bitPattern: record) &- Self.queueDistance).unsafelyUnwrapped
    }

    @inline(__always) var pagesRecord: UnsafeMutablePointer<SlabPages> {
      UnsafeMutablePointer(bitPattern: UInt(bitPattern: record) &- 32).unsafelyUnwrapped
    }

    /// Pages that may go back to the system while the slab is in use: all but the one with the record.
    @inline(__always) static var trimmablePageCount: UInt { pageCount &- 1 }

    /// Bytes at the slab's start that blocks may use.
    @inline(__always) var payloadByteCount: UInt { UInt(bitPattern: remoteQueue) & (Layout.slabByteCount &- 1) }

    @inline(__always) func prepareHeader(of address: UInt) {}
  }

#endif
