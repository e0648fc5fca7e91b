// SPDX-License-Identifier: MIT

/// A program or library that functions lie in.
public struct ProfileModule: Hashable, Sendable {
  /// The path of its file; `[kernel]` and `[vdso]` for the kernel's own; empty when nothing is known.
  public var path: String
  /// The build id in hexadecimal; empty when there is none.
  public var buildIdentifier: String

  public init(path: String, buildIdentifier: String = "") {
    self.path = path
    self.buildIdentifier = buildIdentifier
  }

  /// What nobody knows the file of.
  public static let unknown = ProfileModule(path: "")

  /// The last part of the path.
  public var name: Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }
}
