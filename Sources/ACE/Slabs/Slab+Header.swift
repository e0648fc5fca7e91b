// SPDX-License-Identifier: MIT

#if ACE_HEADER

  // Sixteen bytes before every block, the slab's number in them. They are written once, when the block is carved.
  extension Slab {
    @inline(__always) init(containing address: UInt) {
      let header = UnsafePointer<UInt>(bitPattern: address &- Layout.blockPrefixByteCount).unsafelyUnwrapped.pointee
      self.init(number: header & Self.numberMask)
    }

    // Derived: slabs of the usual span. What an interior pointer takes for its header is then at least a slab's number.
    @inline(__always) private static var numberMask: UInt { (1 << (Layout.tinyShift - Layout.slabShift)) - 1 }

    @inline(__always) func prepareHeader(of address: UInt) {
      let header = UnsafeMutablePointer<UInt>(bitPattern: address &- Layout.blockPrefixByteCount).unsafelyUnwrapped
      header.pointee = number
    }
  }

#endif
