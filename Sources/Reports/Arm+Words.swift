// SPDX-License-Identifier: MIT

import Results

extension Arm {
  /// The arm in a sentence: its allocator, and its switches in brackets when it has some.
  var words: String { switches.isEmpty ? allocator : "\(allocator) [\(switches)]" }
}
