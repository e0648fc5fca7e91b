// SPDX-License-Identifier: MIT

import Glibc
import Measurement
import Testing

@Suite("Code in pages of its own")
struct CodePagesTests {
  /// The files, as the kernel names them, whose pages this process may execute.
  private static func executableFiles() -> [String] {
    guard let maps = fopen("/proc/self/maps", "r") else { return [] }
    defer { fclose(maps) }
    var files: [String] = []
    var line = [CChar](repeating: 0, count: 8192)
    while fgets(&line, Int32(line.count), maps) != nil {
      let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      guard fields.count >= 6, fields[1].contains("x"), fields[5].hasPrefix("/") else { continue }
      files.append(String(fields[5]))
    }
    return files
  }

  // A process of its own: the code of this one is other tests' too.
  @Test("are all there is afterwards, and the program goes on in them")
  func replaced() async {
    await #expect(processExitsWith: .exitCode(23)) {
      let before = CodePagesTests.executableFiles()
      let pageCount = CodePages.replace()
      let after = CodePagesTests.executableFiles()
      // At least this program and the C library, and of either more than a page.
      guard before.count >= 2, pageCount > before.count, after.isEmpty else { exit(1) }
      // Code that was there before, of the program and of a library, still does what it did.
      let text = (0..<100).map { String($0 * $0) }.joined(separator: ",")
      guard text.hasSuffix("9604,9801"), strlen("nine") == 4 else { exit(2) }
      // Pages that are the process's own already are replaced as well.
      guard CodePages.replace() == pageCount else { exit(3) }
      exit(23)
    }
  }
}
