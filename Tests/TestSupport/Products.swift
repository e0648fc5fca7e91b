// SPDX-License-Identifier: MIT

import Glibc

/// Where the build put the programs and libraries that end-to-end tests run.
public enum Products {
  /// The folder of the running test program, which is the folder of all products.
  public static let directory: String = {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    precondition(length > 0, "/proc/self/exe cannot be read")
    let full = String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)])
  }()

  public static func path(_ name: String) -> String { directory + "/" + name }
}
