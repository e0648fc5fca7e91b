// SPDX-License-Identifier: MIT

import Experiments
import Testing

@Suite("Shell text")
struct ShellTextTests {
  @Test(
    "is read by a shell as the words that it was made of",
    arguments: [["plain", "-n", "a=b"], ["two words", ""], ["it's", "$HOME;*"], ["two\nlines", "\"", "~"]])
  func words(words: [String]) throws {
    let script = ShellText.assignment("FIRST=\(words[0])") + " sh -c 'printf \"%s|\" \"$FIRST\" \"$@\"' sh "
    let ending = try ChildProcess(
      path: "/bin/sh", arguments: ["-c", script + ShellText.command(words)], environment: ["PATH=/bin:/usr/bin"],
      timeLimitSeconds: 30
    ).run()
    #expect(ending.standardOutput == Array(([words[0]] + words).map { $0 + "|" }.joined().utf8))
  }

  @Test("leaves plain words as they are")
  func plain() { #expect(ShellText.command(["/bin/echo", "--a=b,c", "d.e"]) == "/bin/echo --a=b,c d.e") }
}
