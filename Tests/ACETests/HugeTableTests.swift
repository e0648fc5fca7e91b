// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("The table of mappings") struct HugeTableTests {
  @Test func anEmptyTableHasNothing() {
    var table = HugeTable()
    #expect(table.byteCount(Layout.pageByteCount) == 0)
    let removed = table.remove(Layout.pageByteCount)
    #expect(removed == 0)
    #expect(table.count == 0)
  }

  /// Addresses from a few pages, which collide, and from many; tables that stay small and that grow several times.
  @Test(
    arguments: [(5, 40), (200, 40), (200, 1 << 34), (3_000, 1 << 34)] as [(Int, UInt)], 1...3 as ClosedRange<UInt64>)
  func randomOperations(counts: (greatest: Int, page: UInt), seed: UInt64) throws {
    var randomness = Randomness(seed: seed)
    var table = HugeTable()
    var model: [UInt: UInt] = [:]
    var addresses: [UInt] = []
    for step in 0..<12_000 {
      let wanted =
        addresses.count < counts.greatest && (addresses.isEmpty || randomness.below(step / 3_000 % 2 == 0 ? 3 : 2) > 0)
      if wanted {
        let address = (1 + randomness.below(counts.page)) * Layout.pageByteCount
        if model[address] != nil { continue }
        let byteCount = (1 + randomness.below(1 << 20 as UInt)) * Layout.pageByteCount
        try demand(table.insert(address, byteCount: byteCount), "\(address) was refused")
        model[address] = byteCount
        addresses.append(address)
      } else {
        let address = randomness.remove(from: &addresses)
        let expected = model.removeValue(forKey: address)
        let removed = table.remove(address)
        try demand(removed == expected, "\(address) had \(removed), not \(String(describing: expected))")
        try demand(table.byteCount(address) == 0 && table.remove(address) == 0, "\(address) is still there")
      }
      try demand(table.count == model.count, "\(table.count) entries, not \(model.count)")
      if step % 64 == 0 { try compare(table, model) }
    }
    try compare(table, model)
    for address in addresses { try demand(table.remove(address) == model[address], "\(address) was lost") }
    #expect(table.count == 0)
  }

  private func compare(_ table: HugeTable, _ model: [UInt: UInt]) throws {
    for (address, byteCount) in model {
      try demand(table.byteCount(address) == byteCount, "\(address) has \(table.byteCount(address)), not \(byteCount)")
    }
  }
}
