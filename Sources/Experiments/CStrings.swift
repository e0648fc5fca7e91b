// SPDX-License-Identifier: MIT

import Glibc

/// Strings as the null-terminated vector that `execve` takes.
public enum CStrings {
  public static func with<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      // An array with its terminator is never empty, so it has an address.
      guard let address = buffer.baseAddress else { preconditionFailure("a vector without its terminator") }
      return body(UnsafePointer(address))
    }
  }
}
