// SPDX-License-Identifier: MIT

/// What the kernel's side keeps of a followed thread: words of the map of threads, by the number of the thread.
///
/// Written by the programs in the kernel, each in the thread that it is about; of a thread that is not running, when it is
/// switched away from and to.
enum SyscallThreadRecord {
  /// When the call began that the thread is in, 0 for none.
  static let begin = 0
  static let number = 1
  /// Bytes of address space that the call is about.
  static let byteCount = 2
  /// How long the thread has been off its processor in this call.
  static let waited = 3
  /// Since when it is off its processor, 0 when it is on one.
  static let leftAt = 4
  static let state = 5
  static let wordCount = 8

  /// The states.
  static let startsProfiled: Int32 = 1
  static let awaitsExec: Int32 = 2
  static let isCounted: Int32 = 3

  /// Where a word lies in the record.
  static func offset(_ word: Int) -> Int16 { Int16(word * 8) }
}

/// What the kernel's side counts of a call, by its number: words of the map of counts, on each processor.
enum SyscallCountRecord {
  static let calls = 0
  static let errors = 1
  static let elapsed = 2
  static let waited = 3
  static let longest = 4
  static let byteCount = 5
  static let wordCount = 6

  /// One for each call there is or may come to be; the last is of all numbers beyond.
  static let entryCount = 1024

  static func offset(_ word: Int) -> Int16 { Int16(word * 8) }
}

/// What the kernel's side is told, and what it tells: words of the one value of the map of settings.
enum SyscallControlRecord {
  /// Whether calls are counted at all.
  static let isActive = 0
  /// Threads that there was no room for.
  static let lost = 1
  static let wordCount = 2

  static func offset(_ word: Int) -> Int16 { Int16(word * 8) }
}
