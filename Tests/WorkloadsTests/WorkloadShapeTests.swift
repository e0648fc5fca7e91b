// SPDX-License-Identifier: MIT

import Testing

@testable import Workloads

/// What each workload promises of its events.
@Suite("Shapes")
struct WorkloadShapeTests {
  @Test("tiny-hot: one size, one batch live, two calls for each block")
  func tinyHot() throws {
    let program = try GeneratedProgram.run("tiny-hot:48,10,300", threadCount: 3)
    #expect(program.operationCount == 2 * 10 * 300)
    #expect(Set(program.allocationSizes) == [48])
    #expect(program.livePeakBlockCount <= 3 * 10)
    #expect(program.remoteFreeCount == 0)
  }

  @Test("slots bound the live blocks and sizes keep their range", arguments: ["random-mixed", "mid-mt", "large"])
  func slots(name: String) throws {
    let program = try GeneratedProgram.run("\(name):operations=9000,slots=30", threadCount: 2)
    let range: ClosedRange<UInt64> =
      switch name {
      case "random-mixed": 16...1024
      case "mid-mt": 8192...32768
      default: 1 << 20...32 << 20
      }
    #expect(program.allocationSizes.allSatisfy(range.contains))
    #expect(program.livePeakBlockCount <= 60)
    #expect(program.livePeakBlockCount > 30)
    #expect((9000...9060).contains(program.operationCount))
    #expect(program.remoteFreeCount == 0)
    let mean = Double(program.allocationSizes.reduce(0, +)) / Double(program.allocationSizes.count)
    let expected = Double(range.lowerBound + range.upperBound) / 2
    #expect(abs(mean / expected - 1) < 0.05)
  }

  @Test("larson: chunks are always live, and those of an ended thread are freed by its successor")
  func larson() throws {
    let program = try GeneratedProgram.run("larson:operations=40000,chunks=100,exchanges=1000", threadCount: 2)
    #expect(program.threadCount == 2 * 10)
    #expect(program.livePeakBlockCount == 200)
    #expect(program.allocationSizes.allSatisfy { (8...1000).contains($0) })
    // A life of 1000 exchanges inherits 100 blocks and frees nearly all of them.
    let share = Double(program.remoteFreeCount) / Double(program.freeCount)
    #expect((0.07...0.1).contains(share))
  }

  @Test("producer-consumer: every free is remote and the queue is bounded", arguments: [2, 3, 4, 7])
  func producerConsumer(threadCount: Int) throws {
    let program = try GeneratedProgram.run(
      "producer-consumer:operations=20000,batch=20,depth=3", threadCount: threadCount)
    #expect(program.operationCount == 20000)
    #expect(program.remoteFreeCount == program.freeCount)
    #expect(program.livePeakBlockCount <= (threadCount + 1) / 2 * 20 * 4)
  }

  @Test("phases: all threads are new in each phase, survivors are freed by others, and a few blocks are huge")
  func phases() throws {
    let program = try GeneratedProgram.run("phases:phases=5,blocks=20000,survivors=100", threadCount: 3)
    #expect(program.threadCount == 3 * 5)
    #expect(program.remoteFreeCount > 100)
    let large = program.allocationSizes.count { $0 > 128 }
    #expect((0.008...0.015).contains(Double(large) / Double(program.allocationSizes.count)))
    #expect(program.allocationSizes.contains { $0 >= 80000 })
  }

  @Test("false-sharing: the main thread's blocks are freed by all")
  func falseSharing() throws {
    let program = try GeneratedProgram.run("false-sharing:size=8,blocks=4,repetitions=2,rounds=80", threadCount: 4)
    #expect(program.operationCount == 20 * 4 * 4 * (2 + 2 * 2))
    #expect(program.remoteFreeCount == 20 * 3 * 4)
    #expect(Set(program.allocationSizes) == [8])
  }

  @Test("thread-churn: as many threads as lives, each leaving a few blocks to the main thread", arguments: [1, 4])
  func threadChurn(threadCount: Int) throws {
    let program = try GeneratedProgram.run("thread-churn:lives=100,blocks=50,handed=3", threadCount: threadCount)
    #expect(program.threadCount == 100)
    #expect(program.operationCount == 100 * 50 * 2)
    // The main thread's own life hands nothing to another, and a life may end with fewer than three blocks.
    #expect((285...99 * 3).contains(program.remoteFreeCount))
  }

  @Test("fragment: the heap is filled as often as there are rounds, with sizes of each round")
  func fragment() throws {
    let program = try GeneratedProgram.run("fragment:heap=1MiB,freed=0.9,rounds=3")
    #expect((UInt64(1 << 20)..<(1 << 20) + 1000).contains(program.livePeakByteCount))
    for range in Fragment.sizesByRound.prefix(3) {
      #expect(program.allocationSizes.contains { range.contains(Int($0)) })
    }
    // A full heap, then nine tenths of it twice more.
    let requested = Double(program.allocationSizes.reduce(0, +))
    #expect((2.7...2.9).contains(requested / Double(1 << 20)))
  }

  @Test("idle: bursts begin a period apart")
  func idle() throws {
    let program = try GeneratedProgram.run("idle:heap=1MiB,bursts=3,period=250", threadCount: 2)
    #expect(program.nanoseconds == [0, 250_000_000, 500_000_000])
    #expect(program.livePeakByteCount < 1_100_000)
  }

  @Test("grow: mostly reallocs, up to the largest size")
  func grow() throws {
    let program = try GeneratedProgram.run("grow:operations=20000,maximum-size=64KiB")
    #expect(Double(program.reallocCount) > 0.75 * Double(program.operationCount))
    #expect(program.allocationSizes.allSatisfy { $0 <= 65536 })
    #expect(program.livePeakBlockCount <= 64)
  }

  @Test("relay: open connections stay near their number")
  func relay() throws {
    let program = try GeneratedProgram.run("relay:operations=60000,connections=200", threadCount: 2)
    #expect((600...900).contains(program.livePeakBlockCount))
    #expect(Set(program.allocationSizes) == [320, 8192, 16384, 65536])
    #expect((59000...63000).contains(program.operationCount))
  }

  @Test("stages: what is committed outlives its stage and no more than a job's is kept")
  func stages() throws {
    let program = try GeneratedProgram.run("stages:operations=80000,rows=500,stages=4,committed=0.1")
    #expect(program.operationCount == 80000)
    #expect((600...720).contains(program.livePeakBlockCount))
  }

  @Test("slab-cache: values are of slab sizes, within the capacity, and freed by whoever evicts them")
  func slabCache() throws {
    let program = try GeneratedProgram.run(
      "slab-cache:operations=20000,keys=5000,capacity=256KiB,maximum-size=2KiB", threadCount: 4)
    let sizes = Set(SlabCache.slabSizes(upTo: 2048).map(UInt64.init))
    #expect(program.allocationSizes.allSatisfy(sizes.contains))
    #expect(program.livePeakByteCount <= 256 * 1024 + 4096)
    #expect(program.livePeakByteCount > 250 * 1024)
    #expect(program.remoteFreeCount > program.freeCount / 2)
  }

  @Test("radix-cache: nodes are bounded and child arrays are reallocated both ways")
  func radixCache() throws {
    let program = try GeneratedProgram.run("radix-cache:operations=50000,nodes=1000")
    #expect(program.livePeakBlockCount < 2100)
    #expect(program.livePeakBlockCount > 1000)
    #expect(program.reallocCount > 100)
    #expect(program.allocationSizes.allSatisfy { $0 == 32 || (64...64 + 1024).contains($0) })
  }

  @Test("log-replay: records wait for the watermark, and folding makes aligned images")
  func logReplay() throws {
    let program = try GeneratedProgram.run("log-replay:operations=40000,pages=50,window=2000,fold=8")
    #expect(program.alignedCount > 1500)
    #expect((2000...2000 + 50 * 9 + 100).contains(program.livePeakBlockCount))
  }

  @Test("drift: sizes move from the smallest to the largest, a window at a time")
  func drift() throws {
    let program = try GeneratedProgram.run("drift:operations=40000,slots=100,window=128")
    let sizes = program.allocationSizes
    let tenth = sizes.count / 10
    #expect(sizes.prefix(tenth).allSatisfy { (16...16 + 128 + 100).contains($0) })
    #expect(sizes.suffix(tenth).allSatisfy { (1024 - 128 - 100...1024).contains($0) })
    #expect(sizes.min() ?? 0 < 24 && sizes.max() ?? 0 > 1000)
    #expect(program.livePeakBlockCount <= 100)
  }

  @Test("ebb: stretches stay, buffers come and go, and the heap fills again")
  func ebb() throws {
    let program = try GeneratedProgram.run("ebb:heap=8MiB,tides=2,stretch=64KiB,calls=1000,buffer=100KiB")
    let buffers = program.allocationSizes.filter { $0 == 100 << 10 }
    #expect((900...1010).contains(buffers.count))
    #expect(program.allocationSizes.allSatisfy { $0 == 100 << 10 || (48...112).contains($0) })
    let blocks = program.allocationSizes.count - buffers.count
    #expect((2 * (8 << 20) / 84...2 * (8 << 20) / 76).contains(blocks))
    #expect(program.livePeakBlockCount < blocks / 2 + 4000)
  }
}
