// SPDX-License-Identifier: MIT

import Testing

@testable import Measurement

@Suite("Memory by NUMA node")
struct NumaMapsScannerTests {
  /// What the kernel writes (fs/proc/task_mmu.c, show_numa_map) of a process bound to two nodes, on a machine of four.
  static let text = """
    00400000 default file=/usr/bin/app mapped=2 mapmax=2 N0=1 N3=1 kernelpagesize_kB=4
    7f0000000000 bind:0-1 anon=1000 dirty=1000 active=0 N0=600 N1=400 kernelpagesize_kB=4
    7f1000000000 interleave:0,2 file=/anon_hugepage\\040(deleted) huge anon=3 dirty=3 N0=1 N2=2 kernelpagesize_kB=2048
    7f2000000000 prefer (many):1-2 anon=5 dirty=5 swapcache=7 N1=5 kernelpagesize_kB=4
    7f3000000000 default file=/tmp/N1\\0759\\040N2\\0759 mapped=1 N3=1 kernelpagesize_kB=4
    7ffc00000000 default stack anon=3 dirty=3 N0=3 kernelpagesize_kB=4
    7ffd00000000 default
    7ffe00000000 default N1025=9 Nx=9 N=9 N1= N11=2 kernelpagesize_kBx=1

    """

  static let byteCounts: [Int: UInt64] = [
    0: 604 * 4096 + 2 << 20, 1: 405 * 4096, 2: 4 << 20, 3: 2 * 4096, 11: 2 * 4096,
  ]

  private func scan(_ pieces: [some Collection<UInt8>]) -> [Int: UInt64] {
    let counts = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * NumaPolicy.nodeLimit)
    defer { counts.deallocate() }
    counts.initialize(repeating: 0, count: 2 * NumaPolicy.nodeLimit)
    var scanner = NumaMapsScanner(byteCounts: counts, linePageCounts: counts + NumaPolicy.nodeLimit)
    for piece in pieces { Array(piece).withUnsafeBytes { scanner.scan($0) } }
    scanner.finish()
    #expect((0..<NumaPolicy.nodeLimit).allSatisfy { counts[NumaPolicy.nodeLimit + $0] == 0 })
    return Dictionary(
      uniqueKeysWithValues: (0..<NumaPolicy.nodeLimit).filter { counts[$0] != 0 }.map { ($0, counts[$0]) })
  }

  @Test("the pages of all mappings are added up, each in its size")
  func whole() { #expect(scan([Array(Self.text.utf8)]) == Self.byteCounts) }

  @Test("wherever the text is cut into pieces, it says the same")
  func pieces() {
    let bytes = Array(Self.text.utf8)
    for cut in bytes.indices { #expect(scan([bytes[..<cut], bytes[cut...]]) == Self.byteCounts) }
    #expect(scan(bytes.map { [$0] }) == Self.byteCounts)
  }

  @Test("a last line that does not end counts, and nothing counts for nothing")
  func ends() {
    #expect(scan([Array("7f0 default anon=2 N1=2 kernelpagesize_kB=64".utf8)]) == [1: 2 * 65536])
    #expect(scan([[UInt8]()]) == [:])
  }
}
