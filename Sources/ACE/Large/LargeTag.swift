// SPDX-License-Identifier: MIT

/// The entry of a large unit in the large table.
struct LargeTag {
  /// A `RunTag`.
  var tag: UInt32
  var next: UInt32
  var previous: UInt32
  /// Of a free run: units that may be resident, at most. 0 means that the whole run is zero.
  var residentLength: UInt32
  /// Of a free run: coarse milliseconds, wrapping, at which it was last added to.
  var freedMilliseconds: UInt32
}
