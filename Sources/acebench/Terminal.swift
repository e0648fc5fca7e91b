// SPDX-License-Identifier: MIT

import ArgumentParser
import Glibc

/// What standard output and standard error are connected to.
enum Terminal {
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  /// The user's choice; options set it before anything is written.
  nonisolated(unsafe) static var colorChoice = ColorChoice.auto

  static var isOutputInteractive: Bool { isatty(STDOUT_FILENO) == 1 }
  static var isErrorInteractive: Bool { isatty(STDERR_FILENO) == 1 }
  static var colorsOutput: Bool { colors(isInteractive: isOutputInteractive) }
  static var colorsErrors: Bool { colors(isInteractive: isErrorInteractive) }

  /// Columns of the terminal that standard output goes to; nil when it goes elsewhere.
  static var width: Int? {
    guard isOutputInteractive else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// NO_COLOR (no-color.org) holds unless the user asks for colour in so many words.
  private static func colors(isInteractive: Bool) -> Bool {
    switch colorChoice {
    case .always: true
    case .never: false
    case .auto: isInteractive && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
    }
  }
}
