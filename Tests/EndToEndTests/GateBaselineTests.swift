// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

/// Gates that are held against stored sessions.
@Suite struct GateBaselineTests {
  private func judge(_ sandbox: Sandbox, _ name: String, _ options: String...) -> Ending {
    sandbox.start(SmallGate.same + ["--baseline", "baseline.json", "-o", name] + options).wait()
  }

  @Test("five sessions make a baseline, against which a head that takes far longer is 10")
  func sessions() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox, cells: "'random-mixed:20000,50'", settings: "tolerate: 0.3, detect: 0.6,")
    for number in 1...5 {
      let ending = judge(sandbox, "update-\(number)", "--update")
      // With fewer than five there is nothing to judge by yet.
      #expect(ending.status == 0, "\(ending)")
      if number == 1 {
        #expect(ending.errors.contains("note: baseline.json has 1 session now\n"), "\(ending.errors)")
        let short = judge(sandbox, "short")
        #expect(short.status == 12)
        #expect(short.output.hasPrefix("INVALID: this comparison means nothing: 1 stored session can be compared, "))
      }
    }
    let stored = sandbox.read("baseline.json")
    #expect(stored.split(separator: "\n").count == 2 + 5)

    let same = judge(sandbox, "same")
    #expect([0, 11, 12].contains(same.status), "\(same)")
    #expect(try VerdictRecord(sandbox, "same").exitCode == same.status)
    let slow = judge(sandbox, "slow", "--inject-slowdown", "9")
    #expect(slow.status == 10 || slow.status == 12, "\(slow)")
    #expect(sandbox.read("baseline.json") == stored, "nothing is added that was not to be")
    let verdict = try VerdictRecord(sandbox, "slow")
    #expect(verdict.exitCode == slow.status)
    #expect(verdict.findings.first?.verdict == "REGRESS")
    // All that counts is the first stage.
    #expect(try sandbox.samples("slow/samples.csv").allSatisfy { $0.stage == 1 })
    let again = sandbox.run("gate", "--from", "slow", "--baseline", "baseline.json", "-q", "-o", "again")
    #expect(again.status == slow.status)
    #expect(sandbox.read("again/verdict.json") == sandbox.read("slow/verdict.json"))

    let other = sandbox.start(
      [
        "gate", "--base", Compiled.allocator(), "--head", "system", "--config", "gate.json5", "--baseline",
        "baseline.json", "-o", "other",
      ]
    ).wait()
    #expect(other.status == 12)
    #expect(other.output.hasPrefix("INVALID: this comparison means nothing: 0 stored sessions can be compared, "))
    #expect(other.output.contains("5 "))
  }
}
