// SPDX-License-Identifier: MIT

import CRecorder

/// What the environment asks of the recorder. It is read from /proc, because the first call of the program can come
/// before the C library knows its environment.
struct Settings {
  /// Which descendants are recorded, each in a file of its own.
  enum Follow: UInt8 {
    case none
    /// Children that go on as they are.
    case fork
    /// Those, and programs that they start.
    case exec
  }

  /// Which allocations have a stack, and how it is taken.
  enum Stacks: UInt8 {
    case none
    /// A sample of all bytes, by libunwind.
    case sampled
    case framePointers
    case unwind
  }

  /// The length of the path of the trace, without what is appended for descendants; 0 when there is none.
  var outputPathByteCount = 0
  var hasControl = false
  var isCoarse = false
  var follow = Follow.none
  /// 0 when recording goes on until the program ends.
  var durationMilliseconds: UInt64 = 0
  /// 0 when every block is recorded.
  var sampleByteCount: UInt64 = 0
  var stacks = Stacks.none
  var stackDepth = 64
  /// Bytes between two that are sampled on average, where stacks are.
  var stackIntervalByteCount: UInt64 = 512 << 10

  var asksForUnwinding: Bool { stacks == .sampled || stacks == .unwind }

  /// Whether calls can be missing from the trace by intent.
  var isPartial: Bool { hasControl || durationMilliseconds != 0 || sampleByteCount != 0 }

  /// Takes one `NAME=value`.
  mutating func take(_ entry: UnsafePointer<CChar>) {
    if let path = Self.value(of: "ACERECORD_OUTPUT=", in: entry) {
      outputPathByteCount = Self.copy(path, to: recorder_output_path_start())
    } else if let path = Self.value(of: "ACERECORD_CONTROL=", in: entry) {
      hasControl = Self.copy(path, to: recorder_control_path_start()) > 0
    } else if let order = Self.value(of: "ACERECORD_ORDER=", in: entry) {
      isCoarse = Self.value(of: "coarse", in: order) != nil
    } else if let text = Self.value(of: "ACERECORD_FOLLOW=", in: entry) {
      if Self.value(of: "fork", in: text) != nil { follow = .fork }
      if Self.value(of: "exec", in: text) != nil { follow = .exec }
    } else if let text = Self.value(of: "ACERECORD_DURATION_MS=", in: entry) {
      durationMilliseconds = Self.number(text)
    } else if let text = Self.value(of: "ACERECORD_SAMPLE_BYTES=", in: entry) {
      sampleByteCount = Self.number(text)
    } else if let text = Self.value(of: "ACERECORD_STACKS=", in: entry) {
      if Self.value(of: "sampled", in: text) != nil { stacks = .sampled }
      if Self.value(of: "fp", in: text) != nil { stacks = .framePointers }
      if Self.value(of: "unwind", in: text) != nil { stacks = .unwind }
    } else if let text = Self.value(of: "ACERECORD_STACK_DEPTH=", in: entry) {
      stackDepth = Int(min(max(Self.number(text), 1), UInt64(Recorder.Stacks.depthLimit)))
    } else if let text = Self.value(of: "ACERECORD_STACK_INTERVAL=", in: entry) {
      stackIntervalByteCount = max(Self.number(text), 1)
    } else if let path = Self.value(of: "ACERECORD_UNWINDER=", in: entry) {
      _ = Self.copy(path, to: recorder_unwinder_path_start())
    }
  }

  /// What follows a prefix; nil when the text does not begin with it.
  static func value(of prefix: StaticString, in text: UnsafePointer<CChar>) -> UnsafePointer<CChar>? {
    let bytes = prefix.utf8Start
    for index in 0..<prefix.utf8CodeUnitCount where UInt8(bitPattern: text[index]) != bytes[index] { return nil }
    return text + prefix.utf8CodeUnitCount
  }

  /// Copies a path to storage of `RECORDER_PATH_CAPACITY` bytes; returns its length, 0 when it is too long for a suffix.
  private static func copy(_ path: UnsafePointer<CChar>, to place: UnsafeMutablePointer<CChar>) -> Int {
    var length = 0
    while path[length] != 0 {
      guard length < Int(RECORDER_PATH_CAPACITY) - 64 else { return 0 }
      place[length] = path[length]
      length += 1
    }
    place[length] = 0
    return length
  }

  /// The decimal number that a text begins with; 0 when it does not fit.
  private static func number(_ text: UnsafePointer<CChar>) -> UInt64 {
    var value: UInt64 = 0
    var index = 0
    while case 48...57 = text[index] {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(UInt64(text[index] - 48))
      guard !overflows, !carries else { return 0 }
      value = sum
      index += 1
    }
    return value
  }
}
