// SPDX-License-Identifier: MIT

/// An allocator that has a name of its own on the command line.
public struct KnownAllocator: Sendable {
  /// How it is come by.
  public enum Origin: Sendable {
    case floor
    case process
    /// The first of these file names that is found in a usual folder, unless the variable names a file.
    case library(names: [String], variable: String)
  }

  public let name: String
  /// What it is, in a line.
  public let summary: String
  public let origin: Origin
  /// Whether it is another one with a design decision taken differently: measured where that is asked, not by default.
  public let isVariant: Bool

  init(name: String, summary: String, origin: Origin, isVariant: Bool = false) {
    self.name = name
    self.summary = summary
    self.origin = origin
    self.isVariant = isVariant
  }

  var isLibrary: Bool {
    if case .library = origin { return true }
    return false
  }
}
