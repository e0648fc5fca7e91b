// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

extension TestThread {
  /// Runs a body on a thread of its own with the thread's heap, which has been flushed.
  static func runWithHeap(_ body: @escaping (HeapPointer) throws -> Void) throws {
    try run { try body(attachedHeap()) }
  }

  /// The same while no class keeps an empty slab for itself.
  static func runWithoutKeptSlabs(_ body: @escaping (HeapPointer) throws -> Void) throws {
    try runWithHeap { heap in
      let kept = ClassPolicies.initial.keptSlabs
      ClassPolicies.setAll(keptSlabs: 0)
      defer { ClassPolicies.setAll(keptSlabs: kept) }
      try body(heap)
    }
  }

  /// The calling thread's heap, attached when it has none yet.
  static func attachedHeap() throws -> HeapPointer {
    HeapRegistry.begin()
    if !HeapPointer.ofThread.isEmpty { return .ofThread }
    guard let heap = HeapRegistry.attach() else { throw Finding(description: "there is no memory for a heap") }
    heap.flush()
    return heap
  }

  /// A block by the path that every program takes.
  static func block(_ byteCount: UInt) throws -> UnsafeMutableRawPointer {
    guard let block = allocate(byteCount) else { throw Finding(description: "no memory for \(byteCount) bytes") }
    return block
  }
}
