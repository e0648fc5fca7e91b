// SPDX-License-Identifier: MIT

#if ACE_TABLE || ACE_HEADER

  import CACE

  // The record in a table outside of the slabs, 128 bytes for each: the record in one cache line, the remote queue in the next.
  extension Slab {
    static var recordStride: UInt { 128 }

    @inline(__always) init(number: UInt) {
      record = UnsafeMutablePointer(bitPattern: Span.slabTable.start &+ number &* Self.recordStride).unsafelyUnwrapped
    }

    @inline(__always) var number: UInt { (UInt(bitPattern: record) &- Span.slabTable.start) / Self.recordStride }

    @inline(__always) var remoteQueue: RemoteQueuePointer {
      RemoteQueuePointer(bitPattern: UInt(bitPattern: record) &+ 64).unsafelyUnwrapped
    }

    @inline(__always) var pagesRecord: UnsafeMutablePointer<SlabPages> {
      UnsafeMutablePointer(bitPattern: UInt(bitPattern: record) &+ 32).unsafelyUnwrapped
    }

    /// Pages that may go back to the system while the slab is in use.
    @inline(__always) static var trimmablePageCount: UInt { pageCount }

    /// Bytes at the slab's start that blocks may use.
    @inline(__always) var payloadByteCount: UInt { Layout.slabByteCount }
  }

#endif

#if ACE_TABLE

  extension Slab {
    @inline(__always) init(containing address: UInt) {
      self.init(number: (address &- Span.tiny.start) >> Layout.slabShift)
    }
    @inline(__always) func prepareHeader(of address: UInt) {}
  }

#endif
