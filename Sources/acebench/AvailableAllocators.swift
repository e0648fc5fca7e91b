// SPDX-License-Identifier: MIT

import Allocators

/// The known allocators that this machine has.
enum AvailableAllocators {
  static var names: [String] {
    AllocatorCatalog.all.map(\.name).filter { (try? AllocatorCatalog.allocator(describedBy: $0)) != nil }
  }
}
