// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

@Suite struct FileDigestTests {
  /// The examples of FIPS 180-4, and a million times "a".
  @Test(
    "known digests come out",
    arguments: [
      (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ([UInt8](repeating: 0x61, count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  func known(bytes: [UInt8], digest: String) throws {
    let scratch = Scratch()
    #expect(try FileDigest.sha256(scratch.write(bytes, to: "file")) == digest)
    #expect(try FileDigest.sha256(of: bytes) == digest)
  }

  @Test("a file that is not there is an error with its number")
  func missing() {
    #expect(throws: ResultsError.system(call: "open", path: "/no/such/file", errno: ENOENT)) {
      try FileDigest.sha256("/no/such/file")
    }
  }
}
