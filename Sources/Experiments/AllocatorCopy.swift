// SPDX-License-Identifier: MIT

import Allocators

/// An allocator once more, from a copy of its library; one that is no library, as the C library's malloc, is itself.
public final class AllocatorCopy: Sendable {
  /// Describes it, as `AllocatorCatalog` takes it.
  public let text: String
  let source: AllocatorSource
  /// Kept as long as the copy is used.
  private let copy: LibraryCopy?

  public convenience init(describedBy text: String) throws {
    try self.init(
      of: try AllocatorCatalog.allocator(describedBy: GatePlan.description(of: text, named: "base")), text: text)
  }

  init(of allocator: Allocator, text: String) throws {
    guard case .library(let path, let prefix) = allocator.source else {
      (self.text, source, copy) = (text, allocator.source, nil)
      return
    }
    let copy = try LibraryCopy(of: path)
    self.text = "copy=\(copy.path)" + (prefix.isEmpty ? "" : ":\(prefix)")
    source = .library(path: copy.path, prefix: prefix)
    self.copy = copy
  }
}
