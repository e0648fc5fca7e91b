// SPDX-License-Identifier: MIT

/// The stacks of a trace as one tree: each stack is a return address and the stack of its caller. They are numbered from
/// 1; a caller's number is below that of what it called.
public struct StackTable: Equatable, Sendable {
  /// In place of an outermost address: there were more frames than were kept.
  public static let truncatedAddress = RawStackLayout.truncatedAddress
  /// In place of an outermost address: the stack could not be walked, and only the caller of the allocator is known.
  public static let failedAddress = RawStackLayout.failedAddress

  private var parents: [UInt32] = []
  private var addresses: [UInt64] = []
  /// In the order in which they were met: of two that an address is in, the later one has it.
  public var modules: [TraceModule] = []

  public init() {}

  /// The highest number of a stack.
  public var count: UInt32 { UInt32(addresses.count) }

  /// Adds a stack, whose number is `count` then. The caller's must be there; 0 is for an outermost frame.
  public mutating func append(address: UInt64, caller: UInt32) {
    precondition(caller <= count && count < .max, "a caller comes before what it calls")
    parents.append(caller)
    addresses.append(address)
  }

  /// The stack that a stack's innermost function was called from; 0 for an outermost frame.
  public func caller(of stack: UInt32) -> UInt32 { parents[Int(stack) - 1] }

  /// Where the innermost function of a stack called: the instruction after the call, or one of the two marks.
  public func returnAddress(of stack: UInt32) -> UInt64 { addresses[Int(stack) - 1] }

  /// The return addresses of a stack, innermost first, without marks; none for stack 0.
  public func returnAddresses(of stack: UInt32) -> [UInt64] {
    var found: [UInt64] = []
    var stack = stack
    while stack != 0 {
      let address = returnAddress(of: stack)
      if address > Self.failedAddress { found.append(address) }
      stack = caller(of: stack)
    }
    return found
  }

  /// Keeps of the modules' paths only the names of the files.
  mutating func leaveOutFolders() {
    for index in modules.indices {
      modules[index].path = modules[index].path.split(separator: "/").last.map(String.init) ?? ""
    }
  }

  /// The module that the call of a stack's innermost function is in; nil when there is none.
  public func module(of stack: UInt32) -> TraceModule? {
    // The call may be the last instruction of its mapping.
    let address = returnAddress(of: stack) &- 1
    return modules.last { $0.addresses.contains(address) && $0.firstStack <= stack }
  }
}
