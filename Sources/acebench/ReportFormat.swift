// SPDX-License-Identifier: MIT

import ArgumentParser

/// The forms of a report.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case text
}
