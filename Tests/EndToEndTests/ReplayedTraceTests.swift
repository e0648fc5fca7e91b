// SPDX-License-Identifier: MIT

import Testing

@Suite struct ReplayedTraceTests {
  private static func trace(_ name: String) -> String { "\(Sandbox.sources)/workloads/traces/\(name).acetrace" }

  @Test(
    "every shipped trace is replayed with the operations and the live peak that it has",
    arguments: [
      "cxx", "gcc", "lua", "perl", "python", "redis", "sqlite", "swiftc", "threads",
    ])
  func roundTrip(name: String) throws {
    let sandbox = Sandbox()
    let path = Self.trace(name)
    let information = try #require(try JSONRecord.all(sandbox.run("trace", "info", path, "-f", "json").output).first)
    let ending = sandbox.run(
      "replay", path, "-a", "system", "-n", "1", "--pass", "time,memory", "--drain", "0", "-o", "rows.csv", "-q")
    #expect(ending.status == 0, "\(ending.errors)")
    let samples = try sandbox.samples("rows.csv")
    #expect(samples.map(\.pass) == [.time, .memory])
    for sample in samples {
      #expect(sample.metrics[.operationsCount]?.double == information.number("operations_count"))
      #expect(Double(sample.cell.threadCount) == information.number("threads_count"))
    }
    // Threads that run at once reach another peak than they did when they were recorded.
    if information.number("threads_count") == 1 {
      #expect(samples.last?.metrics[.livePeak]?.double == information.number("live_peak_bytes"))
    }
    #expect(information.number("lost_events_count") == 0)
  }

  @Test("a comparison is said in a sentence, and floor and allocators have their rows")
  func compared() {
    let ending = Sandbox().run("replay", Self.trace("lua"), "-a", "system", "-a", "null", "-n", "1", "--drain", "0")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    #expect(ending.output.hasPrefix("lua, 1 thread, touch page, "))
    for column in ["throughput", "net/op", "p99 malloc", "peak RSS"] { #expect(ending.output.contains(column)) }
    let two = Sandbox().run(
      "replay", Self.trace("lua"), "-a", "system", "-a", "tiny=\(Compiled.allocator())", "-n", "1", "--pass", "time")
    #expect(two.status == 0)
    #expect(two.output.contains(" times faster than ") || two.output.contains(" as fast as "), "\(two.output)")
  }

  @Test("every block of a trace can be checked", arguments: ["lua", "threads"])
  func checked(name: String) throws {
    let ending = Sandbox().run("replay", "--check", Self.trace(name), "-a", "system", "-f", "json")
    #expect(ending.status == 0)
    let records = try JSONRecord.all(ending.output)
    #expect(records.map { $0.text("verdict") } == ["sound"])
  }

  @Test("a trace larger than its memory is replayed in parts, with the same operations")
  func parts() throws {
    let sandbox = Sandbox()
    for (memory, file) in [("64KiB", "parts.csv"), ("256MiB", "whole.csv")] {
      let ending = sandbox.run(
        "replay", Self.trace("lua"), "-a", "system", "-n", "1", "--pass", "memory", "--drain", "0", "--program-memory",
        memory, "-o", file)
      #expect(ending.status == 0)
    }
    let parts = try #require(try sandbox.samples("parts.csv").first)
    let whole = try #require(try sandbox.samples("whole.csv").first)
    #expect(parts.metrics[.operationsCount] == whole.metrics[.operationsCount])
    #expect(parts.metrics[.livePeak] == whole.metrics[.livePeak])
  }
}
