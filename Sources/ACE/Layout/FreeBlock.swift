// SPDX-License-Identifier: MIT

/// What a free block holds: the next one of its list.
struct FreeBlock {
  var next: BlockPointer?
}

/// A block of memory, free or live. Lists of free blocks are linked through the blocks themselves.
typealias BlockPointer = UnsafeMutablePointer<FreeBlock>

extension UnsafeMutablePointer<FreeBlock> {
  @inline(__always) init(at address: UInt) {
    self = BlockPointer(bitPattern: address).unsafelyUnwrapped
  }
  @inline(__always) var address: UInt { UInt(bitPattern: self) }
  @inline(__always) var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }
}

extension UnsafeMutableRawPointer {
  @inline(__always) var address: UInt { UInt(bitPattern: self) }
  @inline(__always) var block: BlockPointer { assumingMemoryBound(to: FreeBlock.self) }
}
