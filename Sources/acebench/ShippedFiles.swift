// SPDX-License-Identifier: MIT

import Allocators
import Glibc

/// Files of the project that commands use when the user names none.
enum ShippedFiles {
  /// The file below the current folder, or below a folder that the program lies in, as it does in `.build`.
  static func path(_ name: String) throws -> String {
    if access(name, R_OK) == 0 { return name }
    var folder = ProgramFolder.path ?? ""
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if access("\(folder)/\(name)", R_OK) == 0 { return "\(folder)/\(name)" }
    }
    throw Failure(
      error: "\(name) was not found", help: ["run acebench in the project's folder, or name an experiment file"],
      status: .unavailable)
  }
}
