// SPDX-License-Identifier: MIT

/// The file `env.jsonl`: the whole fingerprint behind each `env_id`, a line of JSON each.
public enum EnvironmentLog {
  private struct Line: Encodable {
    var env_id: String
    var hard: HardFacts
    var soft: SoftFacts
  }

  /// Adds a fingerprint, unless the file has one of its identifier already.
  public static func record(_ fingerprint: EnvironmentFingerprint, path: String) throws {
    let file = try AppendOnlyFile(path: path, header: [], framing: .lines)
    // Keys are sorted, so that every line begins with its identifier.
    let start = #"{"env_id":"\#(fingerprint.identifier)","#
    let lines = (ReadOnlyFile.text(path: file.path) ?? "").split(separator: "\n")
    guard !lines.contains(where: { $0.hasPrefix(start) }) else { return }
    let line = Line(env_id: fingerprint.identifier, hard: fingerprint.hard, soft: fingerprint.soft)
    try file.append(try CanonicalJSON.bytes(line) + [UInt8(ascii: "\n")])
    try file.synchronize()
  }
}
