// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

extension TestThread {
  /// Runs a body on a thread of its own with the thread's heap, which has been flushed.
  static func runWithHeap(_ body: @escaping (HeapPointer) throws -> Void) throws {
    try run { try body(attachedHeap()) }
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
