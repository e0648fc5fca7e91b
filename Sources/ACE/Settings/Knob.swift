// SPDX-License-Identifier: MIT

/// The numbers that can be set while a program runs, by name: with ACE_POLICY at its start, with `ace_set_knob` later. Knobs
/// are read on slow paths only. docs/environment.md says what each is for.
enum Knob: Int {
  case borrowLimit
  case carvePages
  case wakeBlocks
  case keepSlabs
  case warmSlabs
  case prefillSlabs
  case shrinkTicks
  case idleTicks
  case tick
  case drainPercent
  case warmSuperslabs
  case purgeDelay
  case outboxBlocks
  case outboxBytes
  case smallPageSuperslabs
  case largeCache
  case largePurgeDelay

  @inline(__always) static var count: Int { 17 }

  /// What is fixed about a knob.
  struct Facts {
    var name: StaticString
    var unit: StaticString
    var least: UInt64
    var greatest: UInt64
    var initial: UInt64
  }

  var facts: Facts {
    switch self {
    case .borrowLimit: Facts(name: "borrow-limit", unit: "blocks", least: 0, greatest: 255, initial: 64)
    case .carvePages: Facts(name: "carve-pages", unit: "pages of 4 KiB", least: 1, greatest: 16, initial: 1)
    case .wakeBlocks: Facts(name: "wake-blocks", unit: "blocks", least: 1, greatest: 255, initial: 16)
    case .keepSlabs: Facts(name: "keep-slabs", unit: "slabs of 64 KiB", least: 0, greatest: 64, initial: 1)
    case .warmSlabs: Facts(name: "warm-slabs", unit: "slabs of 64 KiB", least: 0, greatest: 64, initial: 2)
    case .prefillSlabs: Facts(name: "prefill-slabs", unit: "slabs of 64 KiB", least: 0, greatest: 32, initial: 0)
    case .shrinkTicks: Facts(name: "shrink-ticks", unit: "ticks", least: 1, greatest: 10_000, initial: 2)
    case .idleTicks: Facts(name: "idle-ticks", unit: "ticks", least: 1, greatest: 10_000, initial: 20)
    case .tick: Facts(name: "tick-ms", unit: "milliseconds", least: 1, greatest: 60_000, initial: 10)
    case .drainPercent: Facts(name: "drain-percent", unit: "per cent", least: 0, greatest: 100, initial: 25)
    case .warmSuperslabs:
      Facts(name: "warm-superslabs", unit: "superslabs of 2 MiB", least: 0, greatest: 65_536, initial: 2)
    case .purgeDelay: Facts(name: "purge-delay-ms", unit: "milliseconds", least: 0, greatest: 86_400_000, initial: 100)
    case .outboxBlocks: Facts(name: "outbox-blocks", unit: "blocks", least: 1, greatest: 1024, initial: 32)
    case .outboxBytes: Facts(name: "outbox-bytes", unit: "bytes", least: 16, greatest: 1_048_576, initial: 4096)
    case .smallPageSuperslabs:
      Facts(name: "small-page-superslabs", unit: "superslabs of 2 MiB", least: 0, greatest: 65_536, initial: 8)
    case .largeCache:
      Facts(name: "large-cache-bytes", unit: "bytes", least: 0, greatest: 1_099_511_627_776, initial: 33_554_432)
    case .largePurgeDelay:
      Facts(name: "large-purge-delay-ms", unit: "milliseconds", least: 0, greatest: 86_400_000, initial: 500)
    }
  }

  /// A bit for each knob that the user has set, and that the engine leaves alone.
  private(set) nonisolated(unsafe) static var pinnedBits: UInt64 = 0

  @inline(__always) var bit: UInt64 { 1 << UInt64(rawValue) }
  func pin() { Self.pinnedBits |= bit }

  /// Whether the knob may be set to a value.
  func admits(_ value: UInt64) -> Bool {
    let facts = facts
    return value >= facts.least && value <= facts.greatest
  }

  /// The knob of a name that ends at its zero byte, or at the slice's end.
  init?(name: TextSlice) {
    var index = 0
    while let knob = Knob(rawValue: index) {
      if name == knob.facts.name {
        self = knob
        return
      }
      index += 1
    }
    return nil
  }
}
