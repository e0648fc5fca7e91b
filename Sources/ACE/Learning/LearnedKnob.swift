// SPDX-License-Identifier: MIT

/// The knobs that the engine moves, each along levels: which of two neighbours is the better one can be found out, the best of a
/// thousand values cannot.
enum LearnedKnob: Int {
  case purgeDelay
  case warmSlabs
  case wakeBlocks
  case borrowLimit
  case outboxBlocks
  case largePurgeDelay
  case drainPercent

  @inline(__always) static var count: Int { 7 }

  var knob: Knob {
    switch self {
    case .purgeDelay: .purgeDelay
    case .warmSlabs: .warmSlabs
    case .wakeBlocks: .wakeBlocks
    case .borrowLimit: .borrowLimit
    case .outboxBlocks: .outboxBlocks
    case .largePurgeDelay: .largePurgeDelay
    case .drainPercent: .drainPercent
    }
  }

  @inline(__always) private var levels: (count: Int, values: InlineArray<5, UInt64>) {
    switch self {
    case .purgeDelay: (4, [0, 10, 100, 1000, 0])
    case .warmSlabs: (5, [0, 2, 4, 8, 16])
    case .wakeBlocks: (5, [4, 8, 16, 32, 64])
    case .borrowLimit: (4, [0, 16, 64, 255, 0])
    case .outboxBlocks: (3, [8, 32, 128, 0, 0])
    case .largePurgeDelay: (4, [0, 100, 500, 2000, 0])
    case .drainPercent: (3, [0, 25, 50, 0, 0])
    }
  }

  var levelCount: Int { levels.count }

  /// The value of a level, in the knob's unit; nil for a level that there is not, or that the knob does not admit.
  func value(ofLevel level: Int) -> UInt64? {
    let levels = levels
    guard level >= 0, level < levels.count else { return nil }
    let value = levels.values[unchecked: level]
    return knob.admits(value) ? value : nil
  }

  /// The level whose value is nearest, the lower one of two.
  func level(nearest value: UInt64) -> Int {
    var best = 0
    var bestDistance = UInt64.max
    var level = 0
    while let candidate = self.value(ofLevel: level) {
      let distance = candidate > value ? candidate &- value : value &- candidate
      if distance < bestDistance {
        best = level
        bestDistance = distance
      }
      level += 1
    }
    return best
  }

  /// The policy without which the knob does nothing.
  private var policy: Switch? {
    switch self {
    case .warmSlabs: .warmPool
    case .borrowLimit: .refillOne
    case .outboxBlocks: .remoteBatch
    case .drainPercent: .tiering
    case .purgeDelay, .wakeBlocks, .largePurgeDelay: nil
    }
  }

  /// A bit for each knob, by its number, that does something while these switches are on. What is released at once has no delay.
  static func usableBits(switchBits: UInt64) -> UInt64 {
    var bits: UInt64 = 0
    var index = 0
    while let learned = LearnedKnob(rawValue: index) {
      var isUsable = learned.policy.map { switchBits & $0.bit != 0 } ?? true
      if learned == .purgeDelay, switchBits & Switch.eagerFree.bit != 0 { isUsable = false }
      if isUsable { bits |= 1 << UInt64(learned.knob.rawValue) }
      index += 1
    }
    return bits
  }
}
