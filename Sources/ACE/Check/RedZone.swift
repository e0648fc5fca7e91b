// SPDX-License-Identifier: MIT

import CACE

/// The bytes behind what a program asked for. Those up to the last word have a pattern, the last word tells the request's size,
/// mixed with the block's address. In a block that is free, everything but the list's link has another pattern.
enum RedZone {
  // Chosen: 8 bytes for the size, at least 8 of pattern.
  @inline(__always) static var leastByteCount: UInt { 16 }
  private static let livePattern: UInt8 = 0xb5
  private static let freePattern: UInt8 = 0xd7
  /// The square root of 5, as a fraction of 2^64: no number that programs write by chance.
  private static let key: UInt = 0x3c6e_f372_fe94_f82b
  private static let freeMark: UInt = 0x8765_4321_0fed_cba9

  static func draw(_ block: UnsafeMutableRawPointer, _ byteCount: UInt, _ usable: UInt) {
    let last = usable &- 8
    memset(block + Int(byteCount), Int32(livePattern), Int(last &- byteCount))
    (block + Int(last)).storeBytes(of: byteCount ^ block.address ^ key, as: UInt.self)
  }

  static func requestedByteCount(_ block: UnsafeMutableRawPointer, _ usable: UInt) -> UInt {
    (block + Int(usable &- 8)).load(as: UInt.self) ^ block.address ^ key
  }

  static func isIntact(_ block: UnsafeMutableRawPointer, _ usable: UInt) -> Bool {
    let byteCount = requestedByteCount(block, usable)
    return byteCount <= usable &- leastByteCount && holds(block, byteCount, usable &- 8, livePattern)
  }

  /// Ends the process when a live block's red zone has been written to.
  static func checkLive(_ block: UnsafeMutableRawPointer, _ usable: UInt) {
    guard isIntact(block, usable) else {
      Diagnosis.fail("overflow behind a block of", usable, "bytes", block.address)
    }
  }

  /// Marks a tiny block as free. In others, what is free is joined and split.
  static func drawFree(_ block: UnsafeMutableRawPointer, _ usable: UInt) {
    guard Span.tiny.contains(block.address) else { return }
    memset(block + 8, Int32(freePattern), Int(usable &- 16))
    (block + Int(usable &- 8)).storeBytes(of: freeMark ^ block.address, as: UInt.self)
  }

  /// Ends the process when a block that was marked as free has been written to since.
  static func checkFree(_ block: UnsafeMutableRawPointer, _ usable: UInt) {
    guard Span.tiny.contains(block.address), (block + Int(usable &- 8)).load(as: UInt.self) == freeMark ^ block.address,
      !holds(block, 8, usable &- 8, freePattern)
    else { return }
    Diagnosis.fail("overflow into, or use of, a free block of", usable, "bytes", block.address)
  }

  private static func holds(_ block: UnsafeMutableRawPointer, _ from: UInt, _ to: UInt, _ pattern: UInt8) -> Bool {
    var index = from
    while index < to {
      if (block + Int(index)).load(as: UInt8.self) != pattern { return false }
      index &+= 1
    }
    return true
  }
}
