// SPDX-License-Identifier: MIT

/// A function that called another, or was running. Two frames that are equal are one in a profile.
public struct StackFrame: Hashable, Sendable {
  /// Whose code it is.
  public enum Origin: UInt8, Hashable, Sendable {
    case user
    case kernel
  }

  /// The function's name, demangled; without symbols, `module+0xoffset`.
  public var function: String
  public var module: ProfileModule
  public var origin: Origin
  /// The compiler put the function's code into its caller's, the frame before this one.
  public var isInlined: Bool
  /// Where the function begins, as an address of the module's own file; 0 when that is not known.
  public var address: UInt64

  public init(
    function: String, module: ProfileModule = .unknown, origin: Origin = .user, isInlined: Bool = false,
    address: UInt64 = 0
  ) {
    self.function = function
    self.module = module
    self.origin = origin
    self.isInlined = isInlined
    self.address = address
  }
}
