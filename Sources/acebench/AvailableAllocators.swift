// SPDX-License-Identifier: MIT

import Allocators

/// The known allocators that this machine has.
enum AvailableAllocators {
  /// Those that are measured unless some are named: each once, in the build that people use.
  static var names: [String] {
    AllocatorCatalog.all.filter { !$0.isVariant }.map(\.name)
      .filter { (try? AllocatorCatalog.allocator(describedBy: $0)) != nil }
  }

  /// Those of an experiment file that this machine has; of the others it says that they are left out. A file is made for
  /// many machines, and one library that is not installed should not keep the rest from being measured.
  static func keeping(_ descriptions: [String]) throws -> [String] {
    try descriptions.filter { description in
      do {
        _ = try AllocatorCatalog.allocator(describedBy: description)
        return true
      } catch AllocatorError.notFound(let name, _) {
        Diagnostic.warn("\(name) is left out: its library was not found ('acebench list allocators' says more)")
        return false
      }
    }
  }
}
