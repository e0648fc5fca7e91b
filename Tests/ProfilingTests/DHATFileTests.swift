// SPDX-License-Identifier: MIT

import FoundationEssentials
import Testing

@testable import Profiling

@Suite("A DHAT file")
struct DHATFileTests {
  /// What `dh_view` demands of a file with lifetimes.
  private struct File: Decodable {
    struct ProgramPoint: Decodable, Equatable {
      var tb, tbk, tl, mb, mbk, gb, gbk, eb, ebk: Int64
      var fs: [Int]
    }
    var dhatFileVersion: Int
    var mode, verb, tu, Mtu, cmd: String
    var bklt, bkacc: Bool
    var tuth, te, tg: UInt64
    var pid: Int
    var pps: [ProgramPoint]
    var ftbl: [String]
  }

  @Test("has all that its viewer asks for")
  func fields() throws {
    var profile = StackProfile(measures: DHATFile.neededMeasures.reversed())
    profile.title = "sqlite3 \"a\\b\""
    profile.durationNanoseconds = 2_000_000
    profile.peakNanoseconds = 1_500_000
    profile.processIdentifier = 4711
    let main = profile.index(of: StackFrame(function: "main", module: ProfileModule(path: "/bin/x"), address: 0x1f00))
    let read = profile.index(of: StackFrame(function: "read<int>"))
    // From the last measure to the first.
    profile.add(stack: [main, read], values: [7, 4, 6, 5, 8, 9, 3, 2, 1])
    profile.add(stack: [main], values: [0, 0, 0, 0, 0, 0, 0, 10, 64])
    let output = ProfileOutput()
    try DHATFile.write(profile, to: output)
    let file = try JSONDecoder().decode(File.self, from: Data(try output.finish()))
    #expect(file.dhatFileVersion == 2)
    #expect(file.mode == "heap")
    #expect(file.bklt && !file.bkacc)
    #expect(file.cmd == profile.title)
    #expect(file.pid == 4711)
    #expect(file.te == 2_000_000 && file.tg == 1_500_000)
    #expect(file.ftbl == ["[root]", "0x1F00: main (in /bin/x)", "0x0: read<int>"])
    #expect(
      file.pps == [
        File.ProgramPoint(tb: 64, tbk: 10, tl: 0, mb: 0, mbk: 0, gb: 0, gbk: 0, eb: 0, ebk: 0, fs: [1]),
        File.ProgramPoint(tb: 1, tbk: 2, tl: 3, mb: 9, mbk: 8, gb: 5, gbk: 6, eb: 4, ebk: 7, fs: [2, 1]),
      ])
  }

  @Test("knows no stack that had less at its highest than at any moment")
  func highest() throws {
    var profile = StackProfile(measures: DHATFile.neededMeasures)
    let place = profile.index(of: StackFrame(function: "read"))
    profile.add(stack: [place], values: [40, 4, 9, 10, 1, 40, 4, 20, 2])
    let output = ProfileOutput()
    try DHATFile.write(profile, to: output)
    let file = try JSONDecoder().decode(File.self, from: Data(try output.finish()))
    #expect(file.pps.map(\.mb) == [40] && file.pps.map(\.mbk) == [4])
  }

  @Test("is of allocations, and of nothing else")
  func refusal() {
    let measures = [ProfileMeasure(name: "cycles", unit: .count)]
    #expect(throws: ProfilingError.differentMeasures(measures, DHATFile.neededMeasures)) {
      try DHATFile.write(StackProfile(measures: measures), to: ProfileOutput())
    }
  }
}
