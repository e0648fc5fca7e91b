// SPDX-License-Identifier: MIT

import Glibc

/// Chromium without a window, on pages of a test.
enum Browser {
  /// Nil where it is not installed.
  static let path: String? = ["chromium", "chromium-browser", "google-chrome"].lazy.flatMap { name in
    ["/usr/bin/", "/usr/local/bin/", "/snap/bin/"].map { $0 + name }
  }.first { access($0, X_OK) == 0 }

  enum Scheme: Int {
    case dark = 0
    case light = 1
  }

  /// Opens a page of a sandbox and does what the options ask; what scripts of the page wrote to the console is in the
  /// errors.
  static func open(_ page: String, _ options: [String], _ scheme: Scheme = .light, in sandbox: Sandbox) -> Ending {
    let program = StartedProgram(
      path ?? "",
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--no-first-run", "--enable-logging=stderr", "--virtual-time-budget=5000",
        "--user-data-dir=" + sandbox.path("profile"), "--blink-settings=preferredColorScheme=\(scheme.rawValue)",
      ] + options + ["file://" + sandbox.path(page)], environment: ["HOME": sandbox.path("tmp")], in: sandbox,
      outputPath: sandbox.path("browser.output"), errorPath: sandbox.path("browser.errors"))
    return program.wait()
  }

  /// What scripts wrote to the console, and what the browser said of them.
  static func console(_ ending: Ending) -> [String] {
    ending.errors.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
  }
}
