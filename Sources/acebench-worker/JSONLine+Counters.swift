// SPDX-License-Identifier: MIT

import Measurement

extension JSONLine {
  /// What every counter came to, or why it came to nothing, under the counter's name behind `counter:`.
  mutating func add(_ counters: CounterSet) {
    for (counter, result) in counters.readings() {
      let name = "counter:" + counter.rawValue
      switch result {
      case .failure(let absence): add(name + ":absence", absence.rawValue)
      case .success(let reading):
        add(name, reading.rawValue)
        add(name + ":enabled_ns", reading.enabledNanoseconds)
        add(name + ":running_ns", reading.runningNanoseconds)
        if reading.isUserOnly { add(name + ":user_only", UInt64(1)) }
      }
    }
  }
}
