// SPDX-License-Identifier: MIT

#if ACE_HEADER

  // Sixteen bytes before every block, the slab's number in them. They are written once, when the block is carved.
  extension Slab {
    @inline(__always) init(containing address: UInt) {
      self.init(number: UnsafePointer<UInt>(bitPattern: address &- Layout.blockPrefixByteCount).unsafelyUnwrapped.pointee)
    }

    @inline(__always) func prepareHeader(of address: UInt) {
      let header = UnsafeMutablePointer<UInt>(bitPattern: address &- Layout.blockPrefixByteCount).unsafelyUnwrapped
      header.pointee = number
    }
  }

#endif
