// SPDX-License-Identifier: MIT

import TestSupport
import Testing

/// The builds of ACE: the same sources, with the record of a slab in another place.
enum Library: String, CaseIterable, CustomTestStringConvertible {
  case prefix = "libace.so"
  case table = "libace-table.so"
  case header = "libace-header.so"

  var path: String { Products.path(rawValue) }
  var testDescription: String { rawValue }
}
