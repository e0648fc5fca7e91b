// SPDX-License-Identifier: MIT

import Experiments
import Reports

extension SweepOutput.Destination {
  /// What `-o` names: `-`, a `.csv` file or a folder. Without it rows that are asked for as CSV go to standard output,
  /// and others where the command puts them.
  init(option: String?, format: OutputFormat, otherwise fallback: Self) {
    self =
      switch option {
      case "-": .standardOutput
      case let path? where path.hasSuffix(".csv"): .file(path)
      case let path?: .folder(path)
      case nil: format == .csv ? .standardOutput : fallback
      }
  }
}
