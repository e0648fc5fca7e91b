// SPDX-License-Identifier: MIT

import Glibc
import TestSupport

/// The library that real programs are run on.
enum PreloadedLibrary {
  /// What LD_PRELOAD is set to: ACE, or what ACEBENCH_TEST_LIBRARY names instead.
  static let path: String = {
    guard let other = getenv("ACEBENCH_TEST_LIBRARY") else { return Products.path("libace.so") }
    return String(cString: other)
  }()

  /// Whether it is a build of ACE, which can be asked for a report. Of other allocators it cannot be told whether they served.
  static let isACE = path.split(separator: ":").contains { library in
    library.split(separator: "/").last?.hasPrefix("libace") == true
  }

  /// The libraries that are missing. The loader only warns about those, and runs the program without them.
  static let missing = path.split(separator: ":").filter { access(String($0), R_OK) != 0 }
}
