// SPDX-License-Identifier: MIT

/// The forms that a command's data can be printed in.
public enum OutputFormat: String, CaseIterable, Sendable {
  case text
  case csv
  case json
  case markdown
}
