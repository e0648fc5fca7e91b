// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@testable import Profiling

@Suite("Records of samples")
struct SampleCollectorTests {
  private static let user = PerfRecordBytes.userContext
  private static let kernel = PerfRecordBytes.kernelContext

  private static func collected(_ rounds: [[UInt8]]) -> SampleCollector {
    var collector = SampleCollector()
    for round in rounds { round.withUnsafeBytes { collector.receive($0) } }
    collector.finish()
    return collector
  }

  /// Each sample's stack, as modules and offsets, outermost first.
  private static func stacks(_ collector: SampleCollector) -> [String] {
    collector.samples.map { sample in
      var names: [String] = []
      var node = sample.node
      while node != 0 {
        let location = collector.locations[Int(collector.tree.nodes[Int(node)].frame)]
        names.append("\(collector.modules.paths[Int(location.module)])@\(String(location.offset, radix: 16))")
        node = collector.tree.nodes[Int(node)].parent
      }
      return names.reversed().joined(separator: ";")
    }
  }

  @Test("become places in files: the kernel's within the program's, callers where they called")
  func places() {
    var records = PerfRecordBytes()
    records.mapping(process: 7, nanoseconds: 1, start: 0x1000, byteCount: 0x1000, fileOffset: 0x400, path: "/bin/a")
    records.sample(
      process: 7, nanoseconds: 5,
      addresses: [Self.kernel, 0xffff_8000_0000_0100, 0xffff_8000_0000_0200, Self.user, 0x1010, 0x1020, 0x9999])
    let collector = Self.collected([records.bytes])
    #expect(Self.stacks(collector) == ["@0;/bin/a@41f;/bin/a@410;[kernel]@ffff8000000001ff;[kernel]@ffff800000000100"])
    #expect(collector.userDepthCounts == [0, 0, 0, 1])
  }

  @Test("of several rings are put in order, over rounds as well")
  func order() {
    // The second ring is read later in each round, so it has what is newer than anything in the first.
    var (firstA, firstB, secondA, secondB) = (
      PerfRecordBytes(), PerfRecordBytes(), PerfRecordBytes(), PerfRecordBytes()
    )
    firstA.sample(process: 7, nanoseconds: 10, addresses: [Self.user, 0x1010])
    firstB.mapping(process: 7, nanoseconds: 5, start: 0x1000, byteCount: 0x1000, fileOffset: 0, path: "/bin/a")
    firstB.sample(process: 7, nanoseconds: 30, addresses: [Self.user, 0x1030])
    secondA.mapping(process: 7, nanoseconds: 20, start: 0x1000, byteCount: 0x1000, fileOffset: 0, path: "/bin/b")
    secondB.sample(process: 7, nanoseconds: 40, addresses: [Self.user, 0x1040])
    let collector = Self.collected([firstA.bytes + firstB.bytes, secondA.bytes + secondB.bytes])
    #expect(collector.samples.map(\.nanoseconds) == [10, 30, 40])
    #expect(Self.stacks(collector) == ["/bin/a@10", "/bin/b@30", "/bin/b@40"])
  }

  @Test("know children by their parents' mappings, until they run another program")
  func processes() {
    var records = PerfRecordBytes()
    records.mapping(process: 7, nanoseconds: 1, start: 0x1000, byteCount: 0x1000, fileOffset: 0, path: "/bin/a")
    records.fork(process: 8, parent: 7, nanoseconds: 2)
    records.sample(process: 8, nanoseconds: 3, addresses: [Self.user, 0x1010])
    records.exec(process: 8, nanoseconds: 4)
    records.sample(process: 8, nanoseconds: 5, addresses: [Self.user, 0x1010])
    records.mapping(process: 8, nanoseconds: 6, start: 0x1000, byteCount: 0x1000, fileOffset: 0, path: "/bin/b")
    records.sample(process: 8, nanoseconds: 7, addresses: [Self.user, 0x1010])
    records.sample(process: 7, nanoseconds: 8, addresses: [Self.user, 0x1010])
    #expect(Self.stacks(Self.collected([records.bytes])) == ["/bin/a@10", "@0", "/bin/b@10", "/bin/a@10"])
  }

  @Test("are counted when they are lost")
  func lost() {
    var records = PerfRecordBytes()
    records.lost(count: 12, nanoseconds: 5)
    records.lost(count: 30, nanoseconds: 6)
    #expect(Self.collected([records.bytes]).lostCount == 42)
  }

  @Test("have at least a place when they have no stack")
  func noStack() {
    var records = PerfRecordBytes()
    records.sample(process: 7, nanoseconds: 5, addresses: [], isKernel: true)
    records.sample(process: 7, nanoseconds: 6, addresses: [Self.user])
    #expect(Self.stacks(Self.collected([records.bytes])) == ["[kernel]@1234", "@0"])
  }

  @Test("do no harm when they are damaged", arguments: 1...200 as ClosedRange<UInt64>)
  func damaged(seed: UInt64) {
    var records = PerfRecordBytes()
    records.mapping(process: 7, nanoseconds: 1, start: 0x1000, byteCount: 0x1000, fileOffset: 0, path: "/bin/a")
    records.fork(process: 8, parent: 7, nanoseconds: 2)
    records.exec(process: 8, nanoseconds: 3)
    for time in 4..<20 as Range<UInt64> {
      records.sample(process: 8, nanoseconds: time, addresses: [Self.kernel, 1 << 63, Self.user, 0x1010, 0x1020])
    }
    records.lost(count: 3, nanoseconds: 30)
    var bytes = records.bytes
    var random = SeededRandom(seed: seed)
    for _ in 0...random.next() % 12 {
      bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
    }
    if seed % 3 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
    let collector = Self.collected([bytes])
    #expect(collector.samples.count <= 17)
    #expect(collector.samples.allSatisfy { Int($0.node) < collector.tree.count })
  }

  @Test("mappings take the place of those before them, in part as well", arguments: 1...50 as ClosedRange<UInt64>)
  func mappings(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var space = AddressSpace()
    var expected = [UInt32?](repeating: nil, count: 200)
    var offsets = [UInt64](repeating: 0, count: 200)
    for module in 0..<30 as Range<UInt32> {
      let start = random.next() % 190
      let end = min(start + 1 + random.next() % 40, 200)
      space.insert(AddressSpace.Mapping(start: start, end: end, fileOffset: UInt64(module) << 20, module: module))
      for address in start..<end {
        expected[Int(address)] = module
        offsets[Int(address)] = UInt64(module) << 20 + address - start
      }
      for address in 0..<200 as Range<UInt64> {
        let mapping = space.mapping(at: address)
        #expect(mapping?.module == expected[Int(address)])
        if let mapping { #expect(address - mapping.start + mapping.fileOffset == offsets[Int(address)]) }
      }
    }
  }

  @Test("lines of a process's mappings are read with whatever is in the path")
  func maps() {
    let mapping = ProcessMaps.mapping(
      "7f1000-7f3000 r-xp 00001000 fe:00 4711                       /opt/a folder/lib x.so\n", process: 3)
    #expect(
      mapping
        == PerfRecord.Mapping(
          process: 3, start: 0x7f1000, byteCount: 0x2000, fileOffset: 0x1000, path: "/opt/a folder/lib x.so"))
    #expect(ProcessMaps.mapping("7f1000-7f3000 rw-p 00001000 fe:00 4711 /lib/x.so\n", process: 3) == nil)
    #expect(ProcessMaps.mapping("7f1000-7f3000 r-xp 00000000 00:00 0\n", process: 3)?.path.isEmpty == true)
    for line in ["", "\n", "7f-7e r-xp 0 0 0 /x", "x-y r-xp 0 0 0", "7f1000 r-xp 0 0 0"] {
      #expect(ProcessMaps.mapping(line, process: 3) == nil)
    }
  }

  @Test("lists of processors are read as the kernel writes them")
  func processors() {
    #expect(OnlineProcessors.numbers("0-3,5,7-8") == [0, 1, 2, 3, 5, 7, 8])
    #expect(OnlineProcessors.numbers("") == [])
    #expect(OnlineProcessors.numbers("3-1,x,-5") == [5])
    #expect(!OnlineProcessors.read().isEmpty)
  }
}
