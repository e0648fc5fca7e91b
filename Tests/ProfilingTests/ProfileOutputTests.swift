// SPDX-License-Identifier: MIT

import Glibc
import TestSupport
import Testing

@testable import Profiling

@Suite("What profiles are written to")
struct ProfileOutputTests {
  @Test("a file gets its name when it is complete")
  func completeness() throws {
    let folder = TemporaryFolder()
    let path = folder.file("profile.svg")
    let output = try ProfileOutput(path: path)
    let piece = String(repeating: "x", count: 50_000)
    for _ in 0..<10 { output.write(piece) }
    #expect(access(path, F_OK) != 0)
    try output.finish()
    #expect(folder.read("profile.svg").count == 500_000)
    #expect(output.byteCount == 500_000)
  }

  @Test("a file that is given up leaves nothing")
  func nothing() throws {
    let folder = TemporaryFolder()
    var output: ProfileOutput? = try ProfileOutput(path: folder.file("profile.svg"))
    output?.write(String(repeating: "x", count: 100_000))
    output = nil
    #expect(CompiledProgram.shell("ls -A '\(folder.path)'").output.isEmpty)
  }

  @Test("a full disk is told of at the end")
  func fullDisk() throws {
    let output = try ProfileOutput(path: "/dev/full")
    for _ in 0..<3 { output.write(String(repeating: "x", count: 100_000)) }
    #expect(throws: ProfilingError.system(call: "write", path: "/dev/full", errno: ENOSPC)) { try output.finish() }
  }

  @Test("a folder that is not there is told of at once")
  func missingFolder() {
    #expect(throws: ProfilingError.system(call: "open", path: "/nowhere/profile.svg", errno: ENOENT)) {
      _ = try ProfileOutput(path: "/nowhere/profile.svg")
    }
  }

  @Test("numbers are written as they are read")
  func numbers() throws {
    let output = ProfileOutput()
    for number in [0, 7, -12, Int64.min, Int64.max] {
      output.write(number)
      output.write(" ")
    }
    output.write(UInt64.max)
    for number in [0, 1.5, 2.0, -0.25, 1234.5678, 0.0004] {
      output.write(" ")
      output.write(decimal: number, digits: 3)
    }
    #expect(
      String(decoding: try output.finish(), as: UTF8.self)
        == "0 7 -12 -9223372036854775808 9223372036854775807 18446744073709551615 0 1.5 2 -0.25 1234.568 0")
  }

  @Test("values have units that people read")
  func units() {
    #expect(ProfileMeasure.allocatedBytes.text(of: 1023) == "1023 B")
    #expect(ProfileMeasure.allocatedBytes.text(of: 1536) == "1.50 KiB")
    #expect(ProfileMeasure.allocatedBytes.text(of: -300 << 20) == "-300 MiB")
    #expect(ProfileMeasure.allocatedBlocks.text(of: 1_234_567) == "1,234,567 allocated blocks")
    #expect(ProfileMeasure.allocatedBlocks.text(of: -12) == "-12 allocated blocks")
    #expect(ProfileMeasure.lifetime.text(of: 12_345) == "12.3 µs")
    #expect(ProfileMeasure.lifetime.text(of: 12_345_000_000) == "12.35 s")
    #expect(ProfileMeasure.percentText(0.05) == "5.00 %")
    #expect(ProfileMeasure.percentText(0.5, isSigned: true) == "+50.0 %")
    #expect(ProfileMeasure.percentText(-0.001, isSigned: true) == "-0.10 %")
  }
}
