// SPDX-License-Identifier: MIT

import Experiments
import Testing

@Suite("A child process")
struct ChildProcessTests {
  private func run(_ script: String, environment: [String] = [], timeLimitSeconds: Double = 30) throws
    -> ChildProcess.Ending
  {
    try ChildProcess(
      path: "/bin/sh", arguments: ["-c", script], environment: environment, timeLimitSeconds: timeLimitSeconds
    ).run()
  }

  @Test("tells its exit code", arguments: [0, 1, 71, 255] as [Int32])
  func exitCode(code: Int32) throws {
    let ending = try run("exit \(code)")
    #expect(ending.exitCode == code)
    #expect(ending.signal == nil)
    #expect(!ending.timedOut && !ending.interrupted)
  }

  @Test("tells the signal that ended it", arguments: [9, 11] as [Int32])
  func signal(number: Int32) throws {
    let ending = try run("kill -\(number) $$")
    #expect(ending.signal == number)
    #expect(ending.exitCode == nil)
    #expect(!ending.timedOut)
  }

  @Test("is killed at its time limit with all that it started")
  func timeLimit() throws {
    let begin = MonotonicTime.nowSeconds()
    let ending = try run("echo begun; sleep 600 & sleep 600", timeLimitSeconds: 0.5)
    #expect(ending.timedOut)
    #expect(ending.signal == 9)
    #expect(ending.standardOutput == Array("begun\n".utf8))
    let elapsed = MonotonicTime.nowSeconds() - begin
    #expect(elapsed >= 0.5)
    // The background process would have held the pipe open for ten minutes.
    #expect(elapsed < 300)
  }

  @Test("is killed at its time limit when it has closed its streams")
  func closedStreams() throws {
    let ending = try run("exec >&- 2>&-; exec sleep 600", timeLimitSeconds: 0.5)
    #expect(ending.timedOut)
    #expect(ending.signal == 9)
  }

  @Test("may write more than a pipe holds, to both streams")
  func largeOutput() throws {
    let ending = try run(
      "i=0; while [ $i -lt 3000 ]; do printf '%01000d' $i; printf '%0100d' $i >&2; i=$((i+1)); done; echo last >&2")
    #expect(ending.exitCode == 0)
    #expect(ending.standardOutput.count == 3_000_000)
    #expect(ending.standardErrorTail.count == 4096)
    #expect(ending.standardErrorTail.suffix(5) == Array("last\n".utf8)[...])
  }

  @Test("has the environment that it was given and no other, and nothing to read")
  func environment() throws {
    let ending = try run("echo \"$WORD|${HOME-none}\"; cat", environment: ["WORD=a b"])
    #expect(ending.standardOutput == Array("a b|none\n".utf8))
  }

  @Test("that does not exist is an error")
  func missing() {
    #expect(throws: ExperimentError.system(call: "posix_spawn", path: "/nowhere", errno: 2)) {
      try ChildProcess(path: "/nowhere", arguments: [], environment: [], timeLimitSeconds: 1).run()
    }
  }
}
