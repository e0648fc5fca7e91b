// SPDX-License-Identifier: MIT

/// Which of the layers serve. Decided before the first block, and never changed.
enum Route: UInt64 {
  /// Tiny blocks from fronts, mid blocks from runs, the rest in pages.
  case tinyFirst
  /// Fronts for tiny blocks; everything else in pages, as if there were no layer between.
  case tinyOnly
  /// Without fronts: each tiny block is taken from its slab and given back to it on a slow path.
  case poolOnly

  nonisolated(unsafe) static var current = Route.tinyFirst

  var name: StaticString {
    switch self {
    case .tinyFirst: "tiny-first"
    case .tinyOnly: "tiny-only"
    case .poolOnly: "pool-only"
    }
  }
}
