// SPDX-License-Identifier: MIT

/// Digests by which results name the files they came from.
public enum FileDigest {
  /// SHA-256 of a file's contents, in 64 lower-case hexadecimal digits; the file is read in constant memory.
  public static func sha256(_ path: String) throws -> String {
    var digest = try SHA256()
    try ReadOnlyFile(path: path).forEachChunk { try digest.update($0) }
    return try digest.finish()
  }

  /// SHA-256 of bytes in memory, in 64 lower-case hexadecimal digits.
  public static func sha256(of bytes: [UInt8]) throws -> String {
    var digest = try SHA256()
    try digest.update(bytes.span)
    return try digest.finish()
  }
}
