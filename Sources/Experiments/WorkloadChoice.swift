// SPDX-License-Identifier: MIT

import Glibc
import Results
import Workloads

/// What is replayed: a generated workload or a trace.
public enum WorkloadChoice: Sendable {
  case generated(WorkloadSpecification)
  case trace(path: String, sha256: String)

  /// Reads a name with parameters, or the path of a trace.
  ///
  /// Whatever names a file is a trace, a folder is none; a path without a file is an error rather than a workload of
  /// that name.
  public init(_ text: String) throws {
    if Self.isFile(text) {
      self = .trace(path: text, sha256: try FileDigest.sha256(text))
    } else if text.contains("/") || text.hasSuffix(".acetrace") {
      throw ExperimentError.system(call: "open", path: text, errno: access(text, F_OK) == 0 ? EISDIR : errno)
    } else {
      self = .generated(try WorkloadSpecification(parsing: text))
    }
  }

  /// The name of the workload, or of the trace without its folder and ending.
  public var name: String {
    switch self {
    case .generated(let specification): specification.workload.name
    case .trace(let path, _): Self.traceName(path)
    }
  }

  /// `name=value;…` of the parameters; empty for a trace.
  var parameterText: String {
    guard case .generated(let specification) = self else { return "" }
    let values = specification.description.dropFirst(specification.workload.name.count + 1).dropLast()
    return String(values).replacing(",", with: ";")
  }

  var sha256: String {
    if case .trace(_, let sha256) = self { return sha256 }
    return ""
  }

  /// Names the choice within a plan.
  var identifier: String {
    switch self {
    case .generated(let specification): specification.description
    case .trace(let path, let sha256): "\(Self.traceName(path))#\(sha256.prefix(12))"
    }
  }

  /// Whether there is something to read under a path.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  private static func traceName(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? Substring(path)
    return String(file.hasSuffix(".acetrace") ? file.dropLast(".acetrace".count) : file)
  }
}
