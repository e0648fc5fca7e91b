// SPDX-License-Identifier: MIT

import Events

/// A summary as varints in a fixed order.
extension EventSummary {
  /// Appends the numbers: the counts by kind, then the others in the order of their declaration.
  func appendFields(to bytes: inout FlatArray<UInt8>) {
    for count in countByKind { bytes.appendVarint(count) }
    for number in [
      UInt64(threadCount), UInt64(slotCount), requestedByteCount, livePeakByteCount, livePeakOperation,
      liveEndBlockCount, liveEndByteCount, largestRequestByteCount, crossThreadFreeCount, unmatchedFreeCount,
      missedFreeCount, elapsedNanoseconds,
    ] { bytes.appendVarint(number) }
  }

  /// Reads the numbers that fill `bytes` from `cursor` on.
  init(fields bytes: borrowing FlatArray<UInt8>, _ cursor: inout ColumnCursor) throws(FrameFault) {
    self.init()
    for index in countByKind.indices { countByKind[index] = try cursor.varint(of: bytes) }
    threadCount = try cursor.smallVarint(of: bytes)
    slotCount = try cursor.smallVarint(of: bytes)
    requestedByteCount = try cursor.varint(of: bytes)
    livePeakByteCount = try cursor.varint(of: bytes)
    livePeakOperation = try cursor.varint(of: bytes)
    liveEndBlockCount = try cursor.varint(of: bytes)
    liveEndByteCount = try cursor.varint(of: bytes)
    largestRequestByteCount = try cursor.varint(of: bytes)
    crossThreadFreeCount = try cursor.varint(of: bytes)
    unmatchedFreeCount = try cursor.varint(of: bytes)
    missedFreeCount = try cursor.varint(of: bytes)
    elapsedNanoseconds = try cursor.varint(of: bytes)
  }
}
