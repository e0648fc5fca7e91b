// SPDX-License-Identifier: MIT

import FoundationEssentials
import Results
import Testing
import Workloads

@Suite struct ListTests {
  @Test("allocators are listed with whether they are there", arguments: ["text", "json", "csv", "markdown"])
  func allocators(format: String) throws {
    let ending = Sandbox().run("list", "allocators", "-f", format)
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    for name in ["system", "null", "ace", "ace-table", "ace-header", "mimalloc", "jemalloc", "tcmalloc"] {
      #expect(ending.output.contains(name))
    }
    if format == "json" {
      let system = try JSONRecord.all(ending.output).first { $0.text("allocator") == "system" }
      #expect(system?.text("status") == "available")
    }
    if format == "csv" { #expect(ending.output.hasPrefix("allocator,status,library,what\n")) }
    if format == "markdown" { #expect(ending.output.hasPrefix("| allocator")) }
  }

  @Test("a library that is missing is listed as such, with the reason")
  func unavailable() throws {
    let ending = Sandbox().run("list", "allocators", "-f", "json", environment: ["MIMALLOC_LIB": "/nowhere/lib.so"])
    let mimalloc = try JSONRecord.all(ending.output).first { $0.text("allocator") == "mimalloc" }
    #expect(mimalloc?.text("status") == "unavailable: no library found")
  }

  @Test("without a topic, JSON is one object of allocators and workloads")
  func overview() throws {
    let ending = Sandbox().run("list", "-f", "json")
    let lists = try JSONDecoder().decode([String: [JSONRecord]].self, from: Data(ending.output.utf8))
    #expect(Set(lists.keys) == ["allocators", "workloads"])
    #expect(lists["workloads"]?.count == WorkloadCatalog.all.count)
  }

  @Test("every metric column of the CSV is explained")
  func metrics() throws {
    let records = try JSONRecord.all(Sandbox().run("list", "metrics", "-f", "json").output)
    #expect(records.compactMap { $0.text("metric") } == Metric.allCases.map(\.column))
    for record in records { #expect(record.text("formula")?.isEmpty == false) }
  }

  @Test("every parameter of every workload is explained")
  func parameters() throws {
    let records = try JSONRecord.all(Sandbox().run("list", "workloads", "-v", "-f", "json").output)
    for workload in WorkloadCatalog.all {
      let listed = records.filter { $0.text("workload") == workload.name }.compactMap { $0.text("parameter") }
      #expect(listed == workload.parameters.map(\.name))
    }
  }

  @Test("what can be set in ACE is listed", arguments: ["text", "json", "csv", "markdown"])
  func knobs(format: String) throws {
    let ending = Sandbox().run("list", "knobs", "-f", format)
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    for name in ["engine", "conf", "seed", "refill-one", "huge-pages", "warm-superslabs", "large-purge-delay-ms"] {
      #expect(ending.output.contains(name), "\(name)")
    }
    if format == "csv" {
      #expect(
        ending.output.hasPrefix("knob,kind,range,unit,initial\nprofile,word,\"full, balanced, conservative\",,\n"))
    }
    if format == "json" {
      let delay = try JSONRecord.all(ending.output).first { $0.text("knob") == "purge-delay-ms" }
      #expect(delay?.text("range") == "0 to 86400000")
      #expect(delay?.text("unit") == "milliseconds")
      #expect(delay?.number("initial") == 100)
    }
  }

  @Test("without ACE there are no knobs to list")
  func noKnobs() {
    let ending = Sandbox().run("list", "knobs", environment: ["ACE_LIB": "/nowhere/lib.so"])
    #expect(ending.status == 69)
    #expect(ending.errors.hasPrefix("error: the library of 'ace' was not found\n"))
    let stranger = Sandbox().run("list", "knobs", environment: ["ACE_LIB": Compiled.allocator("TELLS")])
    #expect(stranger.status == 69)
    #expect(stranger.errors.contains(" does not tell what can be set in it, as ACE does\n"))
  }

  @Test("the doctor's findings are data, whatever they are")
  func doctor() throws {
    let ending = Sandbox().run("doctor", "-f", "json")
    let records = try JSONRecord.all(ending.output)
    #expect(records.contains { $0.text("check") == "allocators" })
    for record in records {
      let verdict = record.text("verdict") ?? ""
      #expect(["good", "doubtful", "blocked"].contains(verdict))
      #expect(verdict == "good" || record.text("remedy") != "")
    }
    #expect(ending.status == (records.contains { $0.text("verdict") == "blocked" } ? 69 : 0))
  }

  @Test("colour is shown when it is asked for, and not when it goes to a file")
  func color() {
    let escape: Character = "\u{1b}"
    let sandbox = Sandbox()
    #expect(sandbox.run("doctor", "--color", "always").output.contains(escape))
    #expect(!sandbox.run("doctor", "--color", "never").output.contains(escape))
    #expect(!sandbox.run("doctor").output.contains(escape))
    #expect(sandbox.run("doctor", "--color", "always", environment: ["NO_COLOR": "1"]).output.contains(escape))
    #expect(sandbox.run("list", "--color", "sometimes").status == 64)
  }

  @Test("a full disk behind standard output is told, and ends with the code of failure")
  func fullDisk() {
    let ending = Sandbox().run("list", "metrics", outputPath: "/dev/full")
    #expect(ending.status == 70)
    #expect(ending.errors == "error: standard output: No space left on device (write)\n")
  }
}
