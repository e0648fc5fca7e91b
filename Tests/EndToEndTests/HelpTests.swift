// SPDX-License-Identifier: MIT

import Testing

@Suite struct HelpTests {
  static let commands = [
    [], ["sweep"], ["run"], ["replay"], ["record"], ["trace"], ["trace", "info"], ["trace", "convert"],
    ["trace", "import"], ["trace", "cut"], ["list"], ["doctor"], ["compare"], ["ablate"],
    ["gate"], ["gate", "run"], ["gate", "self-test"], ["gate", "calibrate"],
    ["tune"], ["profile"], ["report"],
  ]

  @Test("every command explains itself", arguments: commands)
  func help(command: [String]) {
    let ending = Sandbox().start(command + ["--help"]).wait()
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    Snapshot.expect(ending.output, is: (["help"] + command).joined(separator: "-"))
  }

  @Test("every option has words of its own", arguments: commands)
  func described(command: [String]) {
    let lines = Sandbox().start(command + ["--help"]).wait().output.split(separator: "\n")
    for (line, next) in zip(lines, lines.dropFirst() + [""]) where line.hasPrefix("  -") {
      // A long name has its words on the next line.
      let column = 26
      let isShort = line.count > column && line.dropFirst(column - 1).first == " "
      let words = (isShort ? line : next).dropFirst(column)
      #expect(words.contains { $0.isLetter }, "\(line)")
    }
  }

  @Test("the version is three numbers")
  func version() {
    let ending = Sandbox().run("--version")
    #expect(ending.status == 0)
    #expect(Snapshot.withoutNumbers(ending.output) == "#.#.#\n")
  }
}
