// SPDX-License-Identifier: MIT

import CACE

/// What the kernel says of a thread of this process.
enum ThreadView {
  /// What it waits in, as `/proc/self/task/N/syscall` tells: a call's number first, or "running".
  static func call(of thread: Int32) -> String {
    guard let file = fopen("/proc/self/task/\(thread)/syscall", "r") else { return "" }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 256)
    guard fgets(&text, Int32(text.count), file) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Waits until a condition holds; throws when it does not come to hold for much longer than it should take.
  static func await(_ what: String, _ condition: () -> Bool) throws {
    for _ in 0..<20_000 {
      if condition() { return }
      usleep(1_000)
    }
    throw Finding(description: "waited in vain: \(what)")
  }
}
