// SPDX-License-Identifier: MIT

/// What the fast paths may cost, for each build. A limit is raised by a commit that says what the instruction buys.
struct HotPathLimits {
  var instructions: Int
  var loads: Int
  var stores: Int

  /// The lists are the same in all builds.
  static func malloc(_ library: Library) -> HotPathLimits { HotPathLimits(instructions: 14, loads: 4, stores: 1) }

  static func free(_ library: Library) -> HotPathLimits {
    switch library {
    case .prefix: HotPathLimits(instructions: 24, loads: 5, stores: 2)
    // Two loads more: where the tiny blocks begin, and where the table is.
    case .table: HotPathLimits(instructions: 24, loads: 7, stores: 2)
    // Two loads more: the block's header, and where the table is.
    case .header: HotPathLimits(instructions: 24, loads: 7, stores: 2)
    }
  }
}
