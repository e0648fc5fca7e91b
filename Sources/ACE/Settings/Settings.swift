// SPDX-License-Identifier: MIT

import CACE

/// What the environment asks of ACE. A name or a value that is not known is told in one line on standard error, and changes
/// nothing.
enum Settings {
  /// Whether statistics are reported when the program ends.
  private(set) nonisolated(unsafe) static var reportsAtExit = false
  private nonisolated(unsafe) static var wasRead = false

  /// Reads the environment at the first call. Called with the heaps' lock held, before the first heap is made.
  static func readOnce() {
    if wasRead { return }
    wasRead = true
    ProgramEnvironment.forEach { take($0) }
  }

  private static func take(_ entry: TextSlice) {
    guard entry.hasPrefix("ACE_") else { return }
    let (name, value) = entry.split(at: 61)
    guard let value else { return }
    if name == "ACE_STATS" {
      if let isOn = flag(value) { reportsAtExit = isOn } else { complain(name, value) }
    } else if name == "ACE_CHECK" {
      if let isOn = flag(value) { Gate.isOn = isOn } else { complain(name, value) }
    } else if name == "ACE_POLICY" {
      takePolicies(name, value)
    } else if !(name == "ACE_LIB" || name == "ACE_TABLE_LIB" || name == "ACE_HEADER_LIB") {
      // Those name the library for acebench, which hands its environment on.
      complain(name, nil)
    }
  }

  /// `name=value,…`
  private static func takePolicies(_ variable: TextSlice, _ list: TextSlice) {
    var rest: TextSlice? = list
    while let some = rest {
      let (policy, next) = some.split(at: 44)
      rest = next
      if policy.count == 0 { continue }
      let (name, value) = policy.split(at: 61)
      guard let knob = Knob(name: name), let number = value?.number, number <= knob.limit else {
        complain(variable, policy)
        continue
      }
      knob.value = number
    }
  }

  private static func flag(_ value: TextSlice) -> Bool? {
    if value == "1" || value == "on" { return true }
    if value == "0" || value == "off" || value == "" { return false }
    return nil
  }

  private static func complain(_ name: TextSlice, _ value: TextSlice?) {
    var line = MessageLine("ace: ")
    line.append(name)
    if let value {
      line.append(": '")
      line.append(value)
      line.append("' is not known, the default is kept; docs/environment.md lists what is")
    } else {
      line.append(" is no setting of ACE; docs/environment.md lists them")
    }
    line.write(to: 2)
  }
}
