// SPDX-License-Identifier: MIT

import CACEInterface

/// The functions of `ace.h` in a library that has them, whatever the library is called.
public struct ACEInterface: Sendable {
  private typealias GetStatistics = @convention(c) (UnsafeMutablePointer<ace_statistics>?) -> Int32
  private typealias ClassCount = @convention(c) () -> UInt32
  private typealias GetClassStatistics =
    @convention(c) (UInt32, UnsafeMutablePointer<ace_class_statistics>?) -> Int32

  /// The function that makes a library one that tells its counters.
  static let statisticsSymbol = "ace_get_statistics"

  private let getStatistics: GetStatistics
  private let classCount: ClassCount?
  private let getClassStatistics: GetClassStatistics?

  /// nil for a library that does not tell its counters; `find` looks a symbol up in it.
  init?(find: (String) -> UnsafeMutableRawPointer?) {
    guard let symbol = find(Self.statisticsSymbol) else { return nil }
    getStatistics = unsafeBitCast(symbol, to: GetStatistics.self)
    classCount = find("ace_class_count").map { unsafeBitCast($0, to: ClassCount.self) }
    getClassStatistics = find("ace_get_class_statistics").map { unsafeBitCast($0, to: GetClassStatistics.self) }
  }

  /// Reads the counters into the caller's stack, so that reading them costs no memory that is measured; nil when the
  /// library refuses.
  public func statistics() -> ACEStatistics? {
    var record = ace_statistics()
    record.byte_count = UInt64(MemoryLayout<ace_statistics>.size)
    return getStatistics(&record) == 0 ? ACEStatistics(record) : nil
  }

  /// Reads the counters of every size class; none when the library does not tell them.
  public func classStatistics() -> [ACEClassStatistics] {
    guard let classCount, let getClassStatistics else { return [] }
    var classes: [ACEClassStatistics] = []
    for sizeClass in stride(from: 1, through: classCount(), by: 1) {
      var record = ace_class_statistics()
      record.byte_count = UInt64(MemoryLayout<ace_class_statistics>.size)
      if getClassStatistics(sizeClass, &record) == 0 {
        classes.append(ACEClassStatistics(sizeClass: sizeClass, record))
      }
    }
    return classes
  }
}
