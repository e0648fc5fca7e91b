// SPDX-License-Identifier: MIT

import CLinux

/// Which processors a process may run on.
public enum Affinity {
  /// The highest processor number that can be named, and one.
  public static let processorLimit = 1024

  /// Binds the calling thread, and those it starts, to processors; false when the kernel has none of them.
  public static func bind(to processors: [Int]) -> Bool {
    var bits = [UInt64](repeating: 0, count: processorLimit / 64)
    for processor in processors where processor >= 0 && processor < processorLimit {
      bits[processor / 64] |= 1 << UInt64(processor % 64)
    }
    return linux_set_affinity(bits, bits.count) == 0
  }
}
