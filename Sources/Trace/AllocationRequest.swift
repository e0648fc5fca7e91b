// SPDX-License-Identifier: MIT

import Events

/// What an allocation asks for.
struct AllocationRequest: Equatable, BitwiseCopyable {
  var size: UInt64
  var kind: UInt8
  var alignmentShift: UInt8
}

extension FlatArray where Element == UInt8 {
  /// Appends a request: its kind, its size as a varint, and when it is an aligned one the alignment shift.
  mutating func append(_ request: AllocationRequest) {
    append(request.kind)
    appendVarint(request.size)
    if request.kind == Event.Kind.aligned.rawValue { append(request.alignmentShift) }
  }
}
