// SPDX-License-Identifier: MIT

/// The entry of a large unit in the large table.
struct LargeTag {
  /// A `RunTag`.
  var tag: UInt32
  var next: UInt32
  var previous: UInt32
  /// Coarse milliseconds, wrapping, at which a free run was last added to; 0 when nothing of it is resident.
  var freedMilliseconds: UInt32
}
