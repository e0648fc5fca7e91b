// SPDX-License-Identifier: MIT

import TestSupport

@testable import Profiling

/// A profile of stacks that a seed makes, with a plain account of what was added.
struct RandomProfile {
  private(set) var profile: StackProfile
  /// What each stack has, the names of its functions joined with `;`.
  private(set) var stacks: [String: [Int64]] = [:]

  static let measures = [
    ProfileMeasure(name: "cycles", unit: .count), ProfileMeasure(name: "time", unit: .nanoseconds),
    ProfileMeasure.allocatedBytes,
  ]

  /// - Parameter odd: Whether names are such as formats must escape.
  init(seed: UInt64, sampleCount: Int = 500, functionCount: UInt64 = 20, depth: UInt64 = 8, odd: Bool = false) {
    var random = SeededRandom(seed: seed)
    var profile = StackProfile(measures: Self.measures)
    let frames = (0..<functionCount).map { number in
      let name = odd ? Self.oddNames[Int(number) % Self.oddNames.count] + "\(number)" : "function\(number)"
      return StackFrame(
        function: name, module: ProfileModule(path: "/usr/lib/lib\(number % 3).so", buildIdentifier: "ab\(number % 3)"),
        origin: number % 5 == 4 ? .kernel : .user, address: 4096 + number * 16)
    }
    for _ in 0..<sampleCount {
      let stack = (0..<random.next() % (depth + 1)).map { level in
        // What is called from far out is the same more often.
        frames[Int(random.next() % min(functionCount, 2 + level * 3))]
      }
      let values = Self.measures.map { _ in Int64(random.next() % 1000) }
      profile.add(stack: stack.map { profile.index(of: $0) }, values: values)
      let key = stack.map(\.function).joined(separator: ";")
      stacks[key] = zip(stacks[key] ?? [0, 0, 0], values).map { $0 + $1 }
    }
    profile.title = "a profile of seed \(seed)"
    self.profile = profile
  }

  private static let oddNames = [
    "operator<", "a & b\"c'", "back\\slash", "line\nbreak", "semi;colon", "tab\tbell\u{7}", "größe→", "]]></script>",
    "\u{202e}x",
  ]

  /// The sum over all stacks in a measure.
  func total(_ measure: Int) -> Int64 { stacks.values.reduce(0) { $0 + $1[measure] } }
}
