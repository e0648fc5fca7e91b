// SPDX-License-Identifier: MIT

import TestSupport
import Testing
import Trace

@testable import Profiling

@Suite("A program file that is damaged")
struct HostileELFTests {
  private static let program = CompiledProgram.path("names.cpp", "-O1 -pie -fPIE -nostdlib -Wl,-e,main")

  private static func bytes() throws -> [UInt8] {
    let file = try TraceBytes(path: program)
    return file.withBytes(0..<file.count) { Array($0) }
  }

  /// Asks everything that can be asked, everywhere.
  private static func ask(_ bytes: [UInt8]) {
    guard let symbols = ModuleSymbols(TraceBytes(bytes, path: "damaged"), path: "damaged") else { return }
    for offset in stride(from: UInt64(0), to: UInt64(bytes.count) + 512, by: 97) {
      #expect(!symbols.function(atFileOffset: offset).name.isEmpty)
    }
    #expect(!symbols.function(atFileOffset: .max).name.isEmpty)
  }

  @Test("is small enough to be tried thoroughly, and sound to begin with")
  func sound() throws {
    let bytes = try Self.bytes()
    #expect(bytes.count < 64 << 10)
    let elf = try #require(ELFFile(TraceBytes(bytes, path: "sound")))
    #expect(!SymbolTable(elf).isEmpty)
    #expect(elf.buildIdentifier != nil || elf.sections.count > 5)
  }

  @Test("gives less when it is cut, anywhere")
  func cut() throws {
    let bytes = try Self.bytes()
    for count in stride(from: 0, to: bytes.count, by: 61) { Self.ask(Array(bytes[..<count])) }
  }

  @Test("does no harm when its bytes are others", arguments: 1...300 as ClosedRange<UInt64>)
  func changed(seed: UInt64) throws {
    var bytes = try Self.bytes()
    var random = SeededRandom(seed: seed)
    let extremes: [UInt8] = [0, 1, 0x7f, 0x80, 0xff]
    for _ in 0...random.next() % 20 {
      // Half of the damage goes to the header and the tables, where it does most.
      let tables = random.next() % 2 == 0 ? 0..<1024 : 0..<bytes.count
      let position = tables.lowerBound + Int(random.next() % UInt64(tables.count))
      let value = random.next() % 2 == 0 ? extremes[Int(random.next() % 5)] : UInt8(truncatingIfNeeded: random.next())
      for index in position..<min(position + Int(random.next() % 9), bytes.count) { bytes[index] = value }
    }
    Self.ask(bytes)
  }

  @Test("of sections that lie beyond all numbers is read without them")
  func extremeNumbers() throws {
    let sound = try Self.bytes()
    let elf = try #require(ELFFile(TraceBytes(sound, path: "sound")))
    let table = elf.number(UInt64.self, at: 40) ?? 0
    for section in 0..<UInt64(elf.sections.count) {
      for field in [8, 16, 24, 32, 40] as [UInt64] {
        for value in [UInt64.max, UInt64.max - 16, 1 << 63, 0xffff_ffff] {
          var bytes = sound
          withUnsafeBytes(of: value.littleEndian) { value in
            for (index, byte) in value.enumerated() { bytes[Int(table + section * 64 + field) + index] = byte }
          }
          guard let symbols = ModuleSymbols(TraceBytes(bytes, path: "damaged"), path: "damaged") else { continue }
          #expect(!symbols.function(atFileOffset: 0x1003).name.isEmpty)
        }
      }
    }
  }

  @Test(
    "that is none is not taken for one",
    arguments: [[], [0x7f, 0x45], Array("#!/bin/sh\n".utf8), [UInt8](repeating: 0, count: 4096)])
  func others(bytes: [UInt8]) {
    #expect(ELFFile(TraceBytes(bytes, path: "other")) == nil)
  }
}
