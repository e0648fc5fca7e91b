// SPDX-License-Identifier: MIT

import Testing

@testable import Workloads

@Suite("Fleet")
struct FleetTests {
  @Test("the share of remote frees is what was asked for", arguments: [0, 0.1, 0.5, 1], [2, 8])
  func remoteShare(share: Double, threadCount: Int) throws {
    let program = try GeneratedProgram.run(
      "fleet:operations=60000,heap=1MiB,remote=\(share)", threadCount: threadCount)
    // The blocks left at the end are freed by their own threads.
    let deaths = Double(program.freeCount) - Double(program.allocationSizes.count - 30000)
    #expect(abs(Double(program.remoteFreeCount) / deaths - share) < 0.05)
  }

  @Test("one thread frees nothing remotely")
  func single() throws {
    let program = try GeneratedProgram.run("fleet:operations=5000,heap=1MiB,remote=1")
    #expect(program.remoteFreeCount == 0)
  }

  @Test("births follow the table and 19 to 42 % of sizes are not multiples of 16")
  func births() throws {
    let program = try GeneratedProgram.run("fleet:operations=400000,heap=256KiB")
    let sizes = program.allocationSizes
    for bin in FleetBin.all.prefix(9) {
      let share = Double(sizes.count { bin.sizes.contains(Int($0)) }) / Double(sizes.count) * 100
      #expect(abs(share / bin.allocationShare - 1) < 0.06, "\(bin.sizes)")
    }
    let odd = Double(sizes.count { $0 % 16 != 0 }) / Double(sizes.count)
    #expect((0.19...0.42).contains(odd))
  }

  @Test("the heap stays near its size")
  func steadyHeap() throws {
    let program = try GeneratedProgram.run("fleet:operations=300000,heap=8MiB", seed: 3)
    #expect(program.livePeakByteCount >= 8 << 20)
    #expect(program.livePeakByteCount < 12 << 20)
  }

  @Test("sizes of a bin lie in it")
  func sizesOfBins() {
    var random = SplitMix64(seed: 5)
    for bin in FleetBin.all {
      let sizes = (0..<1000).map { _ in bin.size(&random) }
      #expect(sizes.allSatisfy(bin.sizes.contains), "\(bin.sizes)")
    }
  }
}
