// SPDX-License-Identifier: MIT

import Glibc
import Measurement
import Testing

@Suite("A process is bound", .enabled(if: NumaMemory() != nil && NumaPolicy(.local, nodes: []).isPermitted))
struct ProcessBindingTests {
  @Test(
    "to the policy that the kernel then tells, and is free again",
    arguments: [NumaPolicy(.bind, nodes: [0]), NumaPolicy(.interleave, nodes: [0]), NumaPolicy(.local, nodes: [])])
  func policies(policy: NumaPolicy) throws {
    let before = NumaPolicy.current()
    try ProcessBinding(policy: policy).whileBound { #expect(NumaPolicy.current() == policy) }
    #expect(NumaPolicy.current() == before)
  }

  @Test("to processors, and has the former ones again")
  func processors() throws {
    let before = allowed()
    let first = before.prefix { $0.isNumber }
    try ProcessBinding(processors: [try #require(Int(first))]).whileBound { #expect(allowed() == first) }
    #expect(allowed() == before)
  }

  @Test("to no node that is not there")
  func unknown() {
    #expect(throws: ProcessBinding.Refusal.policy(errno: EINVAL)) {
      try ProcessBinding(policy: NumaPolicy(.bind, nodes: [NumaPolicy.nodeLimit - 1])).apply()
    }
    #expect(throws: ProcessBinding.Refusal.processors) {
      try ProcessBinding(processors: [Affinity.processorLimit - 1]).apply()
    }
  }

  @Test("memory that is touched is counted on a node, and no more when it is gone")
  func memory() {
    let byteCount = 64 << 20
    guard let memory = NumaMemory(), let reading = NumaMemory.reading() else {
      Issue.record("memory by node cannot be read")
      return
    }
    func total() -> UInt64 {
      memory.read(into: reading)
      return (0..<NumaPolicy.nodeLimit).reduce(0) { $0 + reading[$1] }
    }
    let before = total()
    let flags = MAP_PRIVATE | Int32(MAP_ANONYMOUS | MAP_POPULATE)
    let block = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    let between = total()
    munmap(block, byteCount)
    let after = total()
    // Other tests run beside this one.
    #expect(before > 0)
    #expect(between >= before + UInt64(byteCount) / 2)
    #expect(after <= between - UInt64(byteCount) / 2)
  }

  /// The processors that the calling thread may run on, as the kernel lists them.
  private func allowed() -> String {
    guard let file = fopen("/proc/thread-self/status", "re") else { return "" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("Cpus_allowed_list:") { return String(text.split(whereSeparator: \.isWhitespace).last ?? "") }
    }
    return ""
  }
}

extension NumaPolicy {
  /// Whether the system lets a thread have it; a container may forbid all.
  fileprivate var isPermitted: Bool {
    (try? ProcessBinding(policy: self).whileBound { true }) ?? false
  }
}
