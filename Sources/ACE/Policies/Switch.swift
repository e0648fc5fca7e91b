// SPDX-License-Identifier: MIT

/// The policies that can be turned off, each read on slow paths only: which of them are on is one word that no hot path
/// looks at. docs/environment.md says what each does.
enum Switch: Int {
  case refillOne
  case listShrink
  case idleTrim
  case tiering
  case eagerFree
  case warmPool
  case remoteBatch
  case hugePages
  /// Not a policy but what some need while the program sleeps: a thread of ACE's own.
  case worker

  @inline(__always) static var count: Int { 9 }

  /// A bit for each that is on.
  nonisolated(unsafe) static var onBits: UInt64 = Profile.balanced.switchBits

  var name: StaticString {
    switch self {
    case .refillOne: "refill-one"
    case .listShrink: "sll-shrink"
    case .idleTrim: "idle-trim"
    case .tiering: "tiering"
    case .eagerFree: "eager-free"
    case .warmPool: "warm-pool"
    case .remoteBatch: "remote-batch"
    case .hugePages: "huge-pages"
    case .worker: "worker"
    }
  }

  @inline(__always) var bit: UInt64 { 1 << UInt64(rawValue) }

  @inline(__always) var isOn: Bool {
    get { Self.onBits & bit != 0 }
    nonmutating set {
      if newValue { Self.onBits |= bit } else { Self.onBits &= ~bit }
    }
  }

  /// The switch of a name that ends at its zero byte, or at the slice's end.
  init?(name: TextSlice) {
    var index = 0
    while let candidate = Switch(rawValue: index) {
      if name == candidate.name {
        self = candidate
        return
      }
      index += 1
    }
    return nil
  }
}
