// SPDX-License-Identifier: MIT

import CNuma
import Glibc

extension NumaTopology {
  /// Of this machine; nil where the kernel knows no memory policies, or a container forbids them.
  public static let current: NumaTopology? = read()

  private static func read() -> NumaTopology? {
    guard cnuma_is_permitted(), numa_available() >= 0 else { return nil }
    // Without its files libnuma makes up a node, and complains on standard error.
    let numbers = (0...max(0, numa_max_node())).filter { number in
      cnuma_has_node(number) && access("/sys/devices/system/node/node\(number)/cpumap", R_OK) == 0
    }
    guard !numbers.isEmpty, let allowed = numa_get_mems_allowed() else { return nil }
    defer { numa_bitmask_free(allowed) }
    return NumaTopology(
      nodes: numbers.map { number in
        Node(
          number: Int(number), processors: processors(of: number),
          memoryByteCount: UInt64(max(0, numa_node_size64(number, nil))),
          distances: numbers.map { Int(numa_distance(number, $0)) },
          isAllowed: numa_bitmask_isbitset(allowed, UInt32(number)) != 0)
      })
  }

  private static func processors(of node: Int32) -> [Int] {
    guard let mask = numa_allocate_cpumask() else { return [] }
    defer { cnuma_free(mask) }
    guard numa_node_to_cpus(node, mask) == 0 else { return [] }
    return (0..<Int(mask.pointee.size)).filter { cnuma_is_processor(mask, UInt32($0)) }
  }
}
