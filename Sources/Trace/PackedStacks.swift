// SPDX-License-Identifier: MIT

/// The stacks of a packed trace: for each how far before it its caller is, stack 0 being none, and how far its address is
/// from that of the stack before, zigzag. Modules follow, with the stack from which on they count.
extension StackTable {
  /// Appends all stacks and modules.
  func appendContent(to bytes: inout FlatArray<UInt8>) {
    bytes.appendVarint(UInt64(count))
    var previous: UInt64 = 0
    var stack: UInt32 = 0
    while stack < count {
      stack += 1
      bytes.appendVarint(UInt64(stack - caller(of: stack)))
      let difference = Int64(bitPattern: returnAddress(of: stack) &- previous)
      bytes.appendVarint(UInt64(bitPattern: difference << 1 ^ difference >> 63))
      previous = returnAddress(of: stack)
    }
    bytes.appendVarint(UInt64(modules.count))
    for module in modules {
      bytes.appendVarint(module.addresses.lowerBound)
      bytes.appendVarint(module.addresses.upperBound - module.addresses.lowerBound)
      bytes.appendVarint(module.fileOffset)
      bytes.appendVarint(UInt64(module.firstStack))
      bytes.appendVarint(UInt64(module.path.utf8.count))
      for byte in module.path.utf8 { bytes.append(byte) }
    }
  }

  /// Reads what `appendContent` wrote.
  init(content bytes: borrowing FlatArray<UInt8>) throws(FrameFault) {
    self.init()
    var cursor = ColumnCursor(0..<bytes.count)
    // A stack takes two bytes at least.
    let stackCount = try cursor.varint(of: bytes)
    guard stackCount <= UInt64(cursor.remaining / 2) else { throw FrameFault("more stacks than there is room for") }
    var address: UInt64 = 0
    for _ in 0..<stackCount {
      let distance = try cursor.varint(of: bytes)
      guard distance > 0, distance <= UInt64(count) + 1 else { throw FrameFault("a stack of no known caller") }
      let zigzag = try cursor.varint(of: bytes)
      address &+= zigzag >> 1 ^ (0 &- (zigzag & 1))
      append(address: address, caller: count + 1 - UInt32(distance))
    }
    let moduleCount = try cursor.varint(of: bytes)
    guard moduleCount <= UInt64(cursor.remaining / 5) else { throw FrameFault("more modules than there is room for") }
    for _ in 0..<moduleCount {
      let start = try cursor.varint(of: bytes)
      let byteCount = try cursor.varint(of: bytes)
      let fileOffset = try cursor.varint(of: bytes)
      let firstStack = try cursor.smallVarint(of: bytes)
      let pathByteCount = try cursor.varint(of: bytes)
      guard byteCount > 0, byteCount <= UInt64.max - start, pathByteCount <= UInt64(cursor.remaining) else {
        throw FrameFault("a module that makes no sense")
      }
      let path = cursor.split(Int(pathByteCount)).text(of: bytes)
      modules.append(
        TraceModule(addresses: start..<start + byteCount, fileOffset: fileOffset, path: path, firstStack: firstStack))
    }
    guard cursor.remaining == 0 else { throw FrameFault("the stacks have bytes left over") }
  }
}
