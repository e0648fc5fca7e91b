// SPDX-License-Identifier: MIT

/// What can be set while a program runs, by name: with ACE_POLICY at its start, with `ace_set_knob` later. Knobs are read on
/// slow paths only. docs/environment.md says what each is for.
enum Knob: Int {
  case warmSuperslabs
  case purgeDelay
  case smallPageSuperslabs
  case largeCache
  case largePurgeDelay

  @inline(__always) static var count: Int { 5 }

  var name: StaticString {
    switch self {
    case .warmSuperslabs: "warm-superslabs"
    case .purgeDelay: "purge-delay-ms"
    case .smallPageSuperslabs: "small-page-superslabs"
    case .largeCache: "large-cache-bytes"
    case .largePurgeDelay: "large-purge-delay-ms"
    }
  }

  /// The greatest value; the least is 0.
  var limit: UInt64 {
    switch self {
    case .warmSuperslabs: 1 << 16
    case .purgeDelay: 86_400_000
    case .smallPageSuperslabs: 1 << 16
    case .largeCache: 1 << 40
    case .largePurgeDelay: 86_400_000
    }
  }

  var value: UInt64 {
    get {
      switch self {
      case .warmSuperslabs: UInt64(SuperslabPool.warmCount)
      case .purgeDelay: SuperslabPool.purgeDelayMilliseconds
      case .smallPageSuperslabs: UInt64(SuperslabPool.smallPageSuperslabCount)
      case .largeCache: UInt64(LargeHeap.cacheByteLimit)
      case .largePurgeDelay: UInt64(LargeHeap.purgeDelayMilliseconds)
      }
    }
    nonmutating set {
      switch self {
      case .warmSuperslabs: SuperslabPool.warmCount = UInt(newValue)
      case .purgeDelay: SuperslabPool.purgeDelayMilliseconds = newValue
      case .smallPageSuperslabs: SuperslabPool.smallPageSuperslabCount = UInt(newValue)
      case .largeCache: LargeHeap.cacheByteLimit = UInt(newValue)
      case .largePurgeDelay: LargeHeap.purgeDelayMilliseconds = UInt32(newValue)
      }
    }
  }

  /// The knob of a name that ends at its zero byte.
  init?(name: TextSlice) {
    var index = 0
    while let knob = Knob(rawValue: index) {
      if name == knob.name {
        self = knob
        return
      }
      index += 1
    }
    return nil
  }
}
