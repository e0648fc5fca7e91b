// SPDX-License-Identifier: MIT

import CACE

/// What the environment asks of ACE. A name or a value that is not known is told in one line on standard error, and changes
/// nothing.
enum Settings {
  /// Whether statistics are reported when the program ends.
  private(set) nonisolated(unsafe) static var reportsAtExit = false
  private(set) nonisolated(unsafe) static var asksForChecks = false
  /// What the engine's draws begin with; where it is set, policies' time is counted in slow calls.
  private(set) nonisolated(unsafe) static var seed: UInt64?

  /// Reads the environment. Called with the heaps' lock held, before the first heap is made.
  ///
  /// What says less comes later and holds: a profile first, then a file, then single settings.
  static func read() {
    ProgramEnvironment.forEach { takeProfile($0) }
    ProgramEnvironment.forEach { takeFile($0) }
    ProgramEnvironment.forEach { take($0) }
  }

  private static func takeProfile(_ entry: TextSlice) {
    guard entry.hasPrefix("ACE_PROFILE=") else { return }
    let (name, value) = entry.split(at: 61)
    guard let value else { return }
    if let profile = Choice.profile(value) { adopt(profile) } else { Complaint.unknown(name, value) }
  }

  private static func adopt(_ profile: Profile) {
    Switch.onBits = profile.switchBits
    EngineMode.current = profile.engine
  }

  private static func takeFile(_ entry: TextSlice) {
    guard entry.hasPrefix("ACE_CONF=") else { return }
    let (name, value) = entry.split(at: 61)
    guard let value, value.count > 0 else { return }
    SettingsFile.read(value, name) { takeSetting($0, $1, $2) }
  }

  private static func take(_ entry: TextSlice) {
    guard entry.hasPrefix("ACE_") else { return }
    let (name, value) = entry.split(at: 61)
    guard let value else { return }
    if name == "ACE_STATS" {
      if let isOn = Choice.flag(value) { reportsAtExit = isOn } else { Complaint.unknown(name, value) }
    } else if name == "ACE_CHECK" {
      if let isOn = Choice.flag(value) { asksForChecks = isOn } else { Complaint.unknown(name, value) }
    } else if name == "ACE_PROFILE" || name == "ACE_CONF" {
      // Taken before.
    } else if name == "ACE_ENGINE" {
      if let mode = Choice.engine(value) { EngineMode.current = mode } else { Complaint.unknown(name, value) }
    } else if name == "ACE_GOAL" {
      if let goal = Choice.goal(value) { Goal.current = goal } else { Complaint.unknown(name, value) }
    } else if name == "ACE_ROUTE" {
      if let route = Choice.route(value) { Route.current = route } else { Complaint.unknown(name, value) }
    } else if name == "ACE_SEED" {
      if let number = value.number { takeSeed(number) } else { Complaint.unknown(name, value) }
    } else if name == "ACE_POLICY" {
      takePolicies(name, value)
    } else if !(name == "ACE_LIB" || name == "ACE_TABLE_LIB" || name == "ACE_HEADER_LIB") {
      // Those name the library for acebench, which hands its environment on.
      Complaint.unknown(name)
    }
  }

  private static func takeSeed(_ number: UInt64) {
    seed = number
    PolicyClock.isCounted = true
  }

  /// `name=value,…`
  private static func takePolicies(_ variable: TextSlice, _ list: TextSlice) {
    var rest: TextSlice? = list
    while let some = rest {
      let (policy, next) = some.split(at: 44)
      rest = next
      if policy.count == 0 { continue }
      let (name, value) = policy.split(at: 61)
      if let value, takePolicy(name, value) { continue }
      Complaint.unknown(variable, policy)
    }
  }

  /// A line of a file: one of the engine's words, or a policy. Whether it is known.
  private static func takeSetting(_ name: TextSlice, _ value: TextSlice, _ file: TextSlice) -> Bool {
    if name == "engine" {
      guard let mode = Choice.engine(value) else { return false }
      EngineMode.current = mode
    } else if name == "goal" {
      guard let goal = Choice.goal(value) else { return false }
      Goal.current = goal
    } else if name == "profile" {
      guard let profile = Choice.profile(value) else { return false }
      adopt(profile)
    } else {
      return takePolicy(name, value)
    }
    return true
  }

  private static func takePolicy(_ name: TextSlice, _ value: TextSlice) -> Bool {
    if let policy = Switch(name: name) {
      guard let isOn = Choice.flag(value), value.count > 0 else { return false }
      policy.isOn = isOn
      return true
    }
    guard let knob = Knob(name: name), let number = value.number, knob.admits(number) else { return false }
    knob.value = number
    knob.pin()
    return true
  }
}
