// SPDX-License-Identifier: MIT

/// The library that answered the calls of a process; fields that are not known are empty.
public struct Library: Equatable, Sendable {
  public var path: String
  public var version: String
  public var sha256: String
  public var load: LoadMethod

  public init(path: String = "", version: String = "", sha256: String = "", load: LoadMethod) {
    self.path = path
    self.version = version
    self.sha256 = sha256
    self.load = load
  }
}
