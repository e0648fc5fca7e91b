// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@Suite struct InstallationTests {
  @Test("acebench without its companions names what is missing, and how to come by it")
  func companions() {
    let sandbox = Sandbox()
    #expect(Compiled.shell("cp '\(Sandbox.program)' '\(sandbox.folder)/acebench'").status == 0)
    for (command, companion) in [
      ("run tiny-hot -a system", "acebench-worker"), ("list allocators", "acebench-worker"),
      ("doctor", "acebench-worker"), ("record -- true", "libacerecord.so"),
    ] {
      let ending = StartedProgram(
        sandbox.path("acebench"), command.split(separator: " ").map(String.init), environment: [:], in: sandbox,
        outputPath: sandbox.path("output"), errorPath: sandbox.path("errors")
      ).wait()
      #expect(ending.status == 69)
      #expect(
        ending.errors == """
          error: \(sandbox.path(companion)) is missing
          help: build all products: swift build -c release

          """)
    }
  }

  @Test("bootstrapping without a Swift toolchain says so")
  func bootstrapWithoutSwift() {
    let sandbox = Sandbox()
    let tools = sandbox.path("bin")
    let made = Compiled.shell("mkdir '\(tools)' && ln -s \"$(command -v sed)\" \"$(command -v head)\" '\(tools)'")
    #expect(made.status == 0)
    let ending = StartedProgram(
      Sandbox.sources + "/scripts/bootstrap.sh", [], environment: ["PATH": tools], in: sandbox,
      outputPath: sandbox.path("output"), errorPath: sandbox.path("errors")
    ).wait()
    #expect(ending.status == 69)
    #expect(ending.errors.hasPrefix("bootstrap: there is no Swift toolchain"))
  }

  @Test("a preloaded allocator serves its worker, and its rows say how it came there")
  func preloaded() throws {
    let sandbox = Sandbox()
    let listed = try JSONRecord.all(sandbox.run("list", "allocators", "-f", "json").output)
    for record in listed where record.text("status") == "available" && record.text("library") != "" {
      let name = try #require(record.text("allocator"))
      let ending = sandbox.run(
        "run", "random-mixed:2000,50", "-a", name, "--load", "preload", "--pass", "time", "-n", "1", "-o", "\(name).csv"
      )
      #expect(ending.status == 0, "\(ending.errors)")
      let sample = try #require(try sandbox.samples("\(name).csv").first)
      #expect(sample.library.load == .preload)
      #expect(sample.library.sha256.count == 64)
    }
  }
}
