// SPDX-License-Identifier: MIT

/// A mapping of code that addresses of stacks lie in.
public struct TraceModule: Equatable, Sendable {
  /// Where it was in the program's memory.
  public var addresses: Range<UInt64>
  /// Where in its file the first of those addresses is.
  public var fileOffset: UInt64
  /// The file, or the kernel's name of the mapping such as `[vdso]`; empty for code that is in no file.
  public var path: String
  /// The first stack that can be in it: what was at its addresses before was another module.
  public var firstStack: UInt32

  public init(addresses: Range<UInt64>, fileOffset: UInt64, path: String, firstStack: UInt32) {
    self.addresses = addresses
    self.fileOffset = fileOffset
    self.path = path
    self.firstStack = firstStack
  }
}
