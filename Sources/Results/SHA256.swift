// SPDX-License-Identifier: MIT

import CCrypto

/// A SHA-256 digest taken over bytes that come in pieces, by libcrypto's EVP interface.
struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Fails when libcrypto does not offer SHA-256, as a restricted build may not.
  init() throws(ResultsError) {
    guard let context = EVP_MD_CTX_new() else { throw .digestUnavailable }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw .digestUnavailable
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  mutating func update(_ bytes: Span<UInt8>) throws(ResultsError) {
    let isTaken = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
    guard isTaken else { throw .digestUnavailable }
  }

  /// The digest in 64 lower-case hexadecimal digits.
  consuming func finish() throws(ResultsError) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw .digestUnavailable }
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
