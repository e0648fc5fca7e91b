// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc
import Results
import TestSupport

/// A folder in which a test runs acebench; it goes with everything in it.
final class Sandbox {
  let folder: String
  private var serial = 0

  init() {
    var template = Array("/tmp/acebench-sandbox-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder")
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    precondition(mkdir(folder + "/tmp", 0o755) == 0, "no folder for temporary files")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let program = Products.path("acebench")

  /// The sources of the project.
  static let sources: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  func path(_ name: String) -> String { folder + "/" + name }

  @discardableResult
  func write(_ name: String, _ text: String) -> String {
    TextFile.write(path(name), Array(text.utf8))
    return path(name)
  }

  func read(_ name: String) -> String { TextFile.read(path(name)) }

  func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// What lies in a folder of it, in order.
  func names(in name: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }

  /// Starts acebench in the folder.
  func start(_ arguments: [String], environment: [String: String] = [:], outputPath: String? = nil) -> StartedProgram {
    serial += 1
    var variables = ["COLUMNS": "100", "TMPDIR": path("tmp"), "NO_COLOR": ""]
    variables.merge(environment) { _, given in given }
    return StartedProgram(
      Self.program, arguments, environment: variables, in: self,
      outputPath: outputPath ?? path("tmp/output.\(serial)"), errorPath: path("tmp/errors.\(serial)"))
  }

  /// Runs acebench to its end.
  func run(_ arguments: String..., environment: [String: String] = [:], outputPath: String? = nil) -> Ending {
    start(arguments, environment: environment, outputPath: outputPath).wait()
  }

  /// Every row of a CSV of samples.
  func samples(_ name: String) throws -> [Sample] {
    var samples: [Sample] = []
    try SampleReader(path: path(name)).forEach { samples.append($0) }
    return samples
  }
}
