// SPDX-License-Identifier: MIT

extension StaticString {
  /// The text as C takes it: a string literal would make a String of it.
  var cString: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}
