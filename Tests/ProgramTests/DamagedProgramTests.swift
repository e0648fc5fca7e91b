// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@testable import Program

@Suite("Files that are no whole program are refused")
struct DamagedProgramTests {
  private func load(_ path: String) throws {
    var image = try ProgramImage(path: path, memoryByteCount: 1)
    while try image.loadNextWindows() {}
  }

  private func sample() throws -> WrittenProgram {
    var source = RandomEvents()
    source.threadCount = 3
    return try WrittenProgram(source.make(seed: 5), windowWordCapacity: 400)
  }

  @Test("a file cut anywhere")
  func cut() throws {
    let program = try sample()
    let bytes = program.bytes
    var random = SeededRandom(seed: 1)
    let lengths =
      Array(0...130) + [bytes.count - 1, bytes.count - 4]
      + (0..<60).map { _ in Int(random.next() % UInt64(bytes.count)) }
    for length in lengths {
      let path = program.folder.write("cut", Array(bytes[..<length]))
      #expect(throws: ProgramError.notAProgram(path: path), "\(length) bytes") { try load(path) }
    }
  }

  @Test("a file of something else")
  func foreign() throws {
    let folder = TemporaryFolder()
    for (name, bytes) in [
      ("zeros", [UInt8](repeating: 0, count: 5000)), ("ones", [UInt8](repeating: 255, count: 5000)),
    ] {
      let path = folder.write(name, bytes)
      #expect(throws: ProgramError.notAProgram(path: path)) { try load(path) }
    }
  }

  @Test("a program that was never finished")
  func unfinished() throws {
    let folder = TemporaryFolder()
    let program = try sample()
    do {
      let writer = try ProgramWriter(path: folder.file("program"))
      try writer.receive(program.placed)
    }
    let path = folder.file("program")
    #expect(throws: ProgramError.notAProgram(path: path)) { try load(path) }
  }

  @Test("a missing file tells the system's reason")
  func missing() {
    #expect(throws: ProgramError.system(call: "open", path: "/nowhere/program", errno: 2)) {
      try load("/nowhere/program")
    }
    #expect(throws: ProgramError.system(call: "open", path: "/nowhere/program", errno: 2)) {
      _ = try ProgramWriter(path: "/nowhere/program")
    }
  }

  @Test("bytes changed in the headers end in a typed error or in nothing", arguments: 0..<8 as Range<UInt64>)
  func changedHeaders(seed: UInt64) throws {
    let program = try sample()
    let bytes = program.bytes
    var random = SeededRandom(seed: seed)
    var refusedCount = 0
    for _ in 0..<100 {
      var changed = bytes
      // The program's header, the first window's and its segments.
      let position = Int(random.next() % UInt64(MemoryLayout<ProgramHeader>.size + 16 + 3 * 16))
      changed[position] = UInt8(truncatingIfNeeded: random.next())
      let path = program.folder.write("changed", changed)
      do {
        try load(path)
      } catch {
        #expect(error is ProgramError, "seed \(seed), byte \(position)")
        refusedCount += 1
      }
    }
    #expect(refusedCount > 10, "seed \(seed)")
  }
}
