// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

/// What programs do wrong, and what the gate says of it.
enum Mistake: String, CaseIterable, Codable, Sendable {
  case tinyDoubleFree, midDoubleFree, largeDoubleFree, hugeDoubleFree
  case tinyOverflow, midOverflow, largeOverflow
  case neighbourOverflow
  case interiorFree, unalignedFree, stackFree, foreignFree
  case useAfterFree
  case freeWithoutNeed

  var message: String {
    switch self {
    case .tinyDoubleFree, .freeWithoutNeed: "ace: double free of a block of 64 bytes: 0x"
    case .midDoubleFree, .largeDoubleFree: "ace: double free, or free of what was never allocated: 0x"
    case .hugeDoubleFree, .foreignFree: "ace: free of a pointer that is not from ACE: 0x"
    case .tinyOverflow, .neighbourOverflow: "ace: overflow behind a block of 64 bytes: 0x"
    case .midOverflow, .largeOverflow: "ace: overflow behind a block of "
    case .interiorFree: "ace: free of an interior pointer of a block of 64 bytes: 0x"
    case .unalignedFree: "ace: free of a pointer that is not aligned: 0x"
    case .stackFree: "ace: free of a pointer to the stack: 0x"
    case .useAfterFree: "ace: overflow into, or use of, a free block of 64 bytes: 0x"
    }
  }

  /// Makes the mistake, in a process whose environment asks for the gate.
  func make() {
    // The first block closes the gate.
    deallocate(allocate(1))
    switch self {
    case .tinyDoubleFree: freeTwice(40)
    case .midDoubleFree: freeTwice(10_000)
    case .largeDoubleFree: freeTwice(1 << 20)
    case .hugeDoubleFree: freeTwice(100 << 20)
    case .tinyOverflow: overflow(40)
    case .midOverflow: overflow(10_000)
    case .largeOverflow: overflow(1 << 20)
    case .neighbourOverflow:
      // Seen when the block behind it is freed; the one that has overflown never is.
      let blocks = (0..<8).compactMap { _ in allocate(40) }.sorted { $0.address < $1.address }
      (blocks[3] + 40).storeBytes(of: 0, as: UInt8.self)
      deallocate(blocks[4])
    case .interiorFree: deallocate(block(40) + 16)
    case .unalignedFree: deallocate(block(40) + 1)
    case .stackFree:
      var here: UInt = 0
      withUnsafeMutablePointer(to: &here) { deallocate(UnsafeMutableRawPointer($0)) }
    case .foreignFree: deallocate(malloc(40))
    case .useAfterFree:
      let freed = block(40)
      deallocate(freed)
      (freed + 24).storeBytes(of: 1, as: UInt8.self)
      // It has to leave the quarantine and be handed out again.
      for _ in 0..<10_000 { deallocate(allocate(40)) }
    case .freeWithoutNeed:
      // Of a block that has been freed long ago, and is in no quarantine any more.
      let freed = block(40)
      deallocate(freed)
      for _ in 0..<3_000 { deallocate(allocate(1000)) }
      deallocate(freed)
    }
  }

  private func block(_ byteCount: UInt) -> UnsafeMutableRawPointer {
    guard let block = allocate(byteCount) else { preconditionFailure("no memory") }
    return block
  }

  private func freeTwice(_ byteCount: UInt) {
    let block = block(byteCount)
    deallocate(block)
    deallocate(block)
  }

  private func overflow(_ byteCount: UInt) {
    let block = block(byteCount)
    (block + Int(byteCount)).storeBytes(of: 0, as: UInt8.self)
    deallocate(block)
  }
}
