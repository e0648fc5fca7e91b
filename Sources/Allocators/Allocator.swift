// SPDX-License-Identifier: MIT

/// An allocator that can be measured: a name for people, and where its code is.
public struct Allocator: Equatable, Sendable {
  public var name: String
  public var source: AllocatorSource

  public init(name: String, source: AllocatorSource) {
    self.name = name
    self.source = source
  }

  /// The library's file; nil for what is in the process anyway.
  public var libraryPath: String? {
    if case .library(let path, _) = source { return path }
    return nil
  }

  /// Whether ACE's switches mean anything to it: ACE itself and its metadata builds.
  public var isACE: Bool { name == "ace" || name.hasPrefix("ace-") }
}
