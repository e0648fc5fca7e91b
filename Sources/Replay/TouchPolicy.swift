// SPDX-License-Identifier: MIT

/// Which bytes of a block are written right after it was handed out.
///
/// Memory that a program never touches costs an allocator nothing, so a replay without touches flatters those that map
/// much; touching all charges every allocator the same large sum and hides what differs.
public enum TouchPolicy: String, CaseIterable, Sendable {
  case none
  /// The first byte.
  case first
  /// The first byte and one every 4096 after it.
  case page
  /// A byte in every cache line.
  case all

  /// Where the first touch is; past the end of any block when there is none.
  var firstOffset: Int { self == .none ? .max : 0 }

  /// From one touch to the next.
  var stride: Int {
    switch self {
    case .none, .first: Int.max / 2
    case .page: 4096
    case .all: 64
    }
  }
}
