// SPDX-License-Identifier: MIT

import Glibc
import TestSupport
import Testing

@testable import Experiments

/// The names and ranges that are listed are the library's.
@Suite struct AblationCatalogTests {
  /// What `ace_describe_knob` tells of one.
  struct Described: Equatable {
    var name: String
    var isSwitch: Bool
    var range: ClosedRange<UInt64>
    var initial: UInt64
  }

  /// `struct ace_knob` as far as it is read here: numbers in this order, then two texts.
  private static let numberCount = 6
  private static let textByteCount = 32

  private static func described() throws -> [Described] {
    let library = try #require(dlopen(Products.path("libace.so"), RTLD_NOW | RTLD_LOCAL), "the library does not open")
    let countSymbol = try #require(dlsym(library, "ace_knob_count"))
    let describeSymbol = try #require(dlsym(library, "ace_describe_knob"))
    typealias Describe = @convention(c) (UInt32, UnsafeMutableRawPointer) -> Int32
    let count = unsafeBitCast(countSymbol, to: (@convention(c) () -> UInt32).self)()
    let describe = unsafeBitCast(describeSymbol, to: Describe.self)
    let byteCount = numberCount * 8 + 2 * textByteCount
    return try (0..<count).map { number in
      let record = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 8)
      defer { record.deallocate() }
      record.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
      record.storeBytes(of: UInt64(byteCount), as: UInt64.self)
      try #require(describe(number, record) == 0)
      let numbers = (0..<numberCount).map { record.load(fromByteOffset: $0 * 8, as: UInt64.self) }
      let name = String(cString: (record + numberCount * 8).assumingMemoryBound(to: CChar.self))
      return Described(name: name, isSwitch: numbers[1] == 0, range: numbers[2]...numbers[3], initial: numbers[4])
    }
  }

  @Test("the switches are the library's, in its order, and on in the default profile where it has them on")
  func switches() throws {
    let described = try Self.described().filter(\.isSwitch)
    #expect(described.map(\.name) == AblationCatalog.switches.map(\.name))
    #expect(described.map { $0.initial == 1 } == AblationCatalog.switches.map(\.isOnInBalanced))
  }

  @Test("the knobs are the library's, with its ranges")
  func knobs() throws {
    let described = try Self.described().filter { !$0.isSwitch }
    #expect(described.map(\.name) == AblationCatalog.knobs.map(\.name))
    #expect(described.map(\.range) == AblationCatalog.knobs.map(\.range))
  }

  @Test("words of settings are values that they take, and no name is there twice")
  func words() throws {
    #expect(Set(AblationCatalog.names).count == AblationCatalog.names.count)
    for name in AblationCatalog.names {
      for value in AblationCatalog.values(of: name) { try AblationCatalog.check(AblationSetting(name, value)) }
    }
    for base in AblationCatalog.profiles {
      for name in AblationCatalog.switches.map(\.name) + AblationCatalog.words.map(\.name) {
        let value = try #require(AblationCatalog.value(of: name, in: base))
        #expect(AblationCatalog.values(of: name).contains(value), "\(name) in \(base)")
      }
    }
  }
}
