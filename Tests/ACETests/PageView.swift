// SPDX-License-Identifier: MIT

import CACE
import Glibc

@testable import ACEHosted

/// What the kernel says of pages.
enum PageView {
  /// Which pages of some memory are resident, by `mincore`.
  static func resident(from start: UInt, byteCount: UInt) throws -> [Bool] {
    var bytes = [UInt8](repeating: 0, count: Int(byteCount / Layout.pageByteCount))
    let result = mincore(UnsafeMutableRawPointer(bitPattern: start), Int(byteCount), &bytes)
    try demand(result == 0, "mincore failed with \(errno)")
    return bytes.map { $0 & 1 != 0 }
  }

  static func isZero(from start: UInt, byteCount: UInt) -> Bool {
    let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: Int(byteCount))
    return bytes.allSatisfy { $0 == 0 }
  }
}
