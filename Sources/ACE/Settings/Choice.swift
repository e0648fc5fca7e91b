// SPDX-License-Identifier: MIT

/// Values that are words.
enum Choice {
  static func flag(_ value: TextSlice) -> Bool? {
    if value == "1" || value == "on" { return true }
    if value == "0" || value == "off" || value == "" { return false }
    return nil
  }

  static func profile(_ value: TextSlice) -> Profile? {
    var index = 0
    while let profile = Profile(rawValue: index) {
      if value == profile.name { return profile }
      index += 1
    }
    return nil
  }

  static func engine(_ value: TextSlice) -> EngineMode? {
    var index: UInt64 = 0
    while let mode = EngineMode(rawValue: index) {
      if value == mode.name { return mode }
      index += 1
    }
    return nil
  }

  static func goal(_ value: TextSlice) -> Goal? {
    var index: UInt64 = 0
    while let goal = Goal(rawValue: index) {
      if value == goal.name { return goal }
      index += 1
    }
    return nil
  }

  static func route(_ value: TextSlice) -> Route? {
    var index: UInt64 = 0
    while let route = Route(rawValue: index) {
      if value == route.name { return route }
      index += 1
    }
    return nil
  }
}
