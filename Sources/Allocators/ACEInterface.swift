// SPDX-License-Identifier: MIT

import CACEInterface

/// The functions of `ace.h` in a library that has them, whatever the library is called.
public struct ACEInterface: Sendable {
  private typealias GetStatistics = @convention(c) (UnsafeMutablePointer<ace_statistics>?) -> Int32
  private typealias ClassCount = @convention(c) () -> UInt32
  private typealias GetClassStatistics =
    @convention(c) (UInt32, UnsafeMutablePointer<ace_class_statistics>?) -> Int32
  private typealias GetKnob = @convention(c) (UnsafePointer<CChar>?, UnsafeMutablePointer<UInt64>?) -> Int32
  private typealias KnobCount = @convention(c) () -> UInt32
  private typealias DescribeKnob = @convention(c) (UInt32, UnsafeMutablePointer<ace_knob>?) -> Int32
  private typealias DecisionCount = @convention(c) () -> UInt64
  private typealias GetDecision = @convention(c) (UInt64, UnsafeMutablePointer<ace_decision>?) -> Int32

  /// The function that makes a library one that tells its counters.
  static let statisticsSymbol = "ace_get_statistics"

  private let getStatistics: GetStatistics
  private let classCount: ClassCount?
  private let getClassStatistics: GetClassStatistics?
  private let getKnob: GetKnob?
  private let knobCount: KnobCount?
  private let describeKnob: DescribeKnob?
  private let decisionCount: DecisionCount?
  private let getDecision: GetDecision?

  /// nil for a library that does not tell its counters; `find` looks a symbol up in it.
  init?(find: (String) -> UnsafeMutableRawPointer?) {
    guard let symbol = find(Self.statisticsSymbol) else { return nil }
    getStatistics = unsafeBitCast(symbol, to: GetStatistics.self)
    classCount = find("ace_class_count").map { unsafeBitCast($0, to: ClassCount.self) }
    getClassStatistics = find("ace_get_class_statistics").map { unsafeBitCast($0, to: GetClassStatistics.self) }
    getKnob = find("ace_get_knob").map { unsafeBitCast($0, to: GetKnob.self) }
    knobCount = find("ace_knob_count").map { unsafeBitCast($0, to: KnobCount.self) }
    describeKnob = find("ace_describe_knob").map { unsafeBitCast($0, to: DescribeKnob.self) }
    decisionCount = find("ace_decision_count").map { unsafeBitCast($0, to: DecisionCount.self) }
    getDecision = find("ace_get_decision").map { unsafeBitCast($0, to: GetDecision.self) }
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

  /// What can be set, switches first; nothing when the library does not tell.
  public func knobs() -> [ACEKnob] {
    guard let knobCount, let describeKnob else { return [] }
    var knobs: [ACEKnob] = []
    for number in 0..<knobCount() {
      var record = ace_knob()
      record.byte_count = UInt64(MemoryLayout<ace_knob>.size)
      if describeKnob(number, &record) == 0, let knob = ACEKnob(record) { knobs.append(knob) }
    }
    return knobs
  }

  /// What a switch or a knob is set to now; nil when the library has none of that name.
  public func value(ofKnob name: String) -> UInt64? {
    guard let getKnob else { return nil }
    var value: UInt64 = 0
    return getKnob(name, &value) == 0 ? value : nil
  }

  /// What the learning layer decided, as far as it can still be read, oldest first; nothing when the library does not tell.
  public func decisions() -> [ACEDecision] {
    guard let decisionCount, let getDecision else { return [] }
    var decisions: [ACEDecision] = []
    // The oldest are the first to be overwritten.
    for sequence in stride(from: decisionCount(), to: 0, by: -1) {
      var record = ace_decision()
      record.byte_count = UInt64(MemoryLayout<ace_decision>.size)
      guard getDecision(sequence, &record) == 0 else { break }
      decisions.append(ACEDecision(record))
    }
    return decisions.reversed()
  }
}
