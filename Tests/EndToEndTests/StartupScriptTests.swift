// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct StartupScriptTests {
  private func run(_ arguments: String..., in sandbox: Sandbox) -> Ending {
    StartedProgram(
      Sandbox.sources + "/scripts/startup.sh", arguments, environment: [:], in: sandbox,
      outputPath: sandbox.path("output"), errorPath: sandbox.path("errors")
    ).wait()
  }

  @Test("each allocator that is named has a row beside the C library's")
  func rows() throws {
    let sandbox = Sandbox()
    let library = Compiled.allocator()
    let ending = run("-n", "3", "-a", "tiny=\(library)", "-o", "results/startup.csv", in: sandbox)
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.contains("\ntiny ") && ending.output.contains("\nsystem "))
    var rows: [[String]] = []
    var parser = CSVParser()
    try parser.parse(sandbox.read("results/startup.csv").utf8) { rows.append($0) }
    #expect(rows.map { $0.first } == ["allocator", "system", "tiny"])
    #expect(rows.last?[1] == library)
    for row in rows.dropFirst() {
      let atMain = try #require(Int(row[3]))
      let afterMalloc = try #require(Int(row[5]))
      #expect(atMain > 0 && afterMalloc >= atMain)
      let median = try #require(Double(row[6]))
      let least = try #require(Double(row[7]))
      #expect(least > 0 && median >= least)
    }
    #expect(rows[1][4] == "0" && rows[1][8] == "0.0" && rows[1][9] == "0.0")
  }

  @Test("a library that does not serve is no row")
  func unserved() {
    let sandbox = Sandbox()
    let path = sandbox.write("bad.so", "nonsense")
    let ending = run("-n", "3", "-a", "bad=\(path)", in: sandbox)
    #expect(ending.status == 70)
    #expect(ending.errors.hasSuffix("startup: bad: its calls were answered by another library\n"))
    #expect(ending.output == "")
  }

  @Test("what it does not take is answered with its usage")
  func usage() {
    let ending = run("-x", in: Sandbox())
    #expect(ending.status == 64)
    #expect(ending.errors.contains("usage: scripts/startup.sh "))
  }
}
