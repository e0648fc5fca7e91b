// SPDX-License-Identifier: MIT

/// The policies of all classes, and what they begin with. Written by knobs and by the engine, one field at a time; read on slow
/// paths, where an older value does no harm.
enum ClassPolicies {
  private(set) nonisolated(unsafe) static var initial = ClassPolicy(keptSlabs: 1, carvePages: 1, shrinkTicks: 2)
  // The header build has one class more.
  nonisolated(unsafe) static var table = InlineArray<66, ClassPolicy>(
    repeating: ClassPolicy(keptSlabs: 1, carvePages: 1, shrinkTicks: 2))

  static func setAll(keptSlabs: UInt8) {
    initial.keptSlabs = keptSlabs
    forEach { table[unchecked: $0].keptSlabs = keptSlabs }
  }
  static func setAll(carvePages: UInt8) {
    initial.carvePages = carvePages
    forEach { table[unchecked: $0].carvePages = carvePages }
  }
  static func setAll(shrinkTicks: UInt16) {
    initial.shrinkTicks = shrinkTicks
    forEach { table[unchecked: $0].shrinkTicks = shrinkTicks }
  }

  private static func forEach(_ body: (Int) -> Void) {
    var number = 0
    while number < 66 {
      body(number)
      number += 1
    }
  }
}
