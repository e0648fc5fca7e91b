// SPDX-License-Identifier: MIT

import Glibc

/// The version of acebench, as every row of a result names it.
public enum HarnessVersion {
  public static let current = "0.1.0"

  /// The commit that this was built from, when the build said so; the Makefile does.
  public static let commit: String = getenv("ACEBENCH_COMMIT").map { String(cString: $0) } ?? ""
}
