// SPDX-License-Identifier: MIT

import CACEInterface

/// What ACE told of its whole process at a moment: `struct ace_statistics` of `ace.h`, which alone says what there is.
public struct ACEStatistics: Sendable {
  private let record: ace_statistics

  init(_ record: ace_statistics) { self.record = record }

  /// The names of all fields, in the order of the struct.
  public static var fieldNames: [String] { CounterRecord.names(of: ace_statistics()) }

  /// The fields that the library filled in: an older one may have fewer.
  public var fields: [(name: String, value: UInt64)] {
    CounterRecord.fields(of: record, filledByteCount: record.byte_count)
  }

  /// How much the learning layer may do, as `enum ace_engine` numbers it; nil when the library does not tell.
  public var engineMode: UInt64? { fields.first { $0.name == "engine_mode" }?.value }

  /// Whether blocks have been handed out since then, or since the process began; a refill of one list, or a block above
  /// the tiny front, is enough.
  public func showsWork(since earlier: ACEStatistics?) -> Bool {
    workCounts != (earlier ?? ACEStatistics(ace_statistics())).workCounts
  }

  private var workCounts: [UInt64] {
    [
      record.refill_count, record.refilled_block_count, record.mid_allocation_count, record.large_allocation_count,
      record.huge_allocation_count,
    ]
  }
}
