// SPDX-License-Identifier: MIT

import CACEInterface

/// What ACE told of one of its size classes: `struct ace_class_statistics` of `ace.h`.
public struct ACEClassStatistics: Sendable {
  /// The number of the class, from 1.
  public let sizeClass: UInt32
  private let record: ace_class_statistics

  init(sizeClass: UInt32, _ record: ace_class_statistics) {
    self.sizeClass = sizeClass
    self.record = record
  }

  /// The names of all fields, in the order of the struct.
  public static var fieldNames: [String] { CounterRecord.names(of: ace_class_statistics()) }

  /// The fields that the library filled in.
  public var fields: [(name: String, value: UInt64)] {
    CounterRecord.fields(of: record, filledByteCount: record.byte_count)
  }
}
