// SPDX-License-Identifier: MIT

import Testing

/// What is different on a terminal, which `script` provides.
@Suite struct TerminalTests {
  private func onTerminal(_ arguments: String, environment: [String: String] = [:]) -> Ending {
    let sandbox = Sandbox()
    var variables = ["TMPDIR": sandbox.path("tmp"), "NO_COLOR": "", "TERM": "xterm"]
    variables.merge(environment) { _, given in given }
    return StartedProgram(
      "/usr/bin/script", ["-qec", "'\(Sandbox.program)' \(arguments)", "/dev/null"], environment: variables,
      in: sandbox, outputPath: sandbox.path("output"), errorPath: sandbox.path("errors")
    ).wait()
  }

  private static let bold = "\u{1b}[1m"

  @Test("colour is shown on a terminal, unless NO_COLOR or --color says otherwise")
  func color() {
    #expect(onTerminal("list allocators").output.contains(Self.bold))
    #expect(!onTerminal("list allocators --color never").output.contains(Self.bold))
    #expect(!onTerminal("list allocators", environment: ["NO_COLOR": "1"]).output.contains(Self.bold))
    #expect(onTerminal("list allocators --color always", environment: ["NO_COLOR": "1"]).output.contains(Self.bold))
  }

  @Test("progress is shown on a terminal, with what is left, unless it is not wanted")
  func progress() {
    let command = "run random-mixed:2000,50 -a system -a null -n 10 --drain 100ms"
    let shown = onTerminal(command)
    #expect(shown.status == 0)
    #expect(shown.output.contains("░") && shown.output.contains(" left  round "))
    let quiet = onTerminal(command + " -q")
    #expect(!quiet.output.contains("░"))
  }
}
