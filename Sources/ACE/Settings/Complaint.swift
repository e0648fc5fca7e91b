// SPDX-License-Identifier: MIT

/// What is said of a setting that is not known: one line on standard error.
enum Complaint {
  static func unknown(_ name: TextSlice) {
    var line = MessageLine("ace: ")
    line.append(name)
    line.append(" is no setting of ACE; docs/environment.md lists them")
    line.write(to: 2)
  }

  static func unknown(_ name: TextSlice, _ value: TextSlice) {
    var line = MessageLine("ace: ")
    line.append(name)
    line.append(": '")
    line.append(value)
    line.append("' is not known, the default is kept; docs/environment.md lists what is")
    line.write(to: 2)
  }

  /// Of a file that cannot be used.
  static func file(_ name: TextSlice, _ path: TextSlice, _ reason: StaticString) {
    var line = MessageLine("ace: ")
    line.append(name)
    line.append(": ")
    line.append(path)
    line.append(reason)
    line.append(", defaults are kept")
    line.write(to: 2)
  }
}
