// SPDX-License-Identifier: MIT

import CACE

/// Why a pointer is not that of a live block.
enum Diagnosis {
  // Chosen: the usual limit of a stack.
  private static let stackByteCount: UInt = 8 << 20

  /// Ends the process with what is wrong with an address that was to be freed.
  static func report(_ address: UInt) -> Never {
    guard Span.contains(address) else { reportForeign(address) }
    if address % Layout.grainByteCount != 0 { fail("free of a pointer that is not aligned", nil, "", address) }
    let isTiny = Span.tiny.contains(address)
    let distance = isTiny ? Layout.tinyLimit : Layout.largeLimit
    if let block = LiveMap.last(upTo: address, distance: distance), block != address,
      address &- block < ungatedUsableByteCount(block)
    {
      fail("free of an interior pointer of a block of", ungatedUsableByteCount(block), "bytes", address)
    }
    if isTiny {
      let slab = Slab(containing: address)
      let size = slab.sizeClass.blockByteCount
      if size != 0, (address &- slab.start &- Layout.blockPrefixByteCount) % size != 0 {
        fail("free of an interior pointer of a free block of", size, "bytes", address)
      }
      fail("double free of a block of", size, "bytes", address)
    }
    fail("double free, or free of what was never allocated", nil, "", address)
  }

  private static func reportForeign(_ address: UInt) -> Never {
    var here: UInt = 0
    let top = withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
    // The caller's frames are above this one.
    if address > top, address &- top < stackByteCount { fail("free of a pointer to the stack", nil, "", address) }
    fail("free of a pointer that is not from ACE", nil, "", address)
  }

  /// One line: "ace: CAUSE [N UNIT]: 0xADDRESS".
  static func fail(_ cause: StaticString, _ number: UInt?, _ unit: StaticString, _ address: UInt) -> Never {
    var line = MessageLine("ace: ")
    line.append(cause)
    if let number {
      line.append(" ")
      line.append(UInt64(number))
      line.append(" ")
      line.append(unit)
    }
    line.append(": ")
    line.appendHexadecimal(UInt64(address))
    line.write(to: 2)
    abort()
  }
}
