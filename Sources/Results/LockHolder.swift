// SPDX-License-Identifier: MIT

import Glibc

/// Who holds a `flock(2)` lock, as far as the kernel tells.
enum LockHolder {
  /// The process that holds a lock on a file, or nil when /proc/locks does not name one that is visible from here.
  ///
  /// A line of /proc/locks reads `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`; see proc_locks(5).
  static func processIdentifier(of status: stat) -> Int32? {
    // What the macros major and minor of <sys/sysmacros.h> compute.
    let (low, high) = (status.st_dev & 0xffff_ffff, status.st_dev >> 32)
    let major = (low >> 8) & 0xfff | high & ~0xfff
    let minor = low & 0xff | (status.st_dev >> 12) & 0xffff_ff00
    let file = "\(hexadecimal(major)):\(hexadecimal(minor)):\(status.st_ino)"
    for line in (ReadOnlyFile.text(path: "/proc/locks") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", words[5] == file else { continue }
      return Int32(words[4]).flatMap { $0 > 0 ? $0 : nil }
    }
    return nil
  }

  private static func hexadecimal(_ number: UInt) -> String {
    (number < 16 ? "0" : "") + String(number, radix: 16)
  }
}
