// SPDX-License-Identifier: MIT

import Testing

@Suite struct TraceFileTests {
  private static let shipped = "\(Sandbox.sources)/workloads/traces/lua.acetrace"

  @Test("what is no trace is called that", arguments: ["garbage", "", "acetrac", "acebenchacebench"])
  func garbage(text: String) {
    let sandbox = Sandbox()
    let path = sandbox.write("file", text)
    for command in [["trace", "info", path], ["replay", path], ["trace", "import", path]] {
      let ending = sandbox.start(command).wait()
      #expect(ending.status == 64)
      #expect(ending.errors == "error: \(path) is in no trace format that acebench reads\n")
      #expect(ending.output == "")
    }
  }

  @Test("a truncated trace is called damaged, with the byte", arguments: [17, 100, 3000, 100_000])
  func truncated(byteCount: Int) {
    let sandbox = Sandbox()
    TextFile.write(sandbox.path("file"), TextFile.bytes(Self.shipped).prefix(byteCount))
    for command in [
      ["trace", "info", "file"], ["replay", "file", "-a", "system", "-n", "1"], ["trace", "convert", "file", "b"],
    ] {
      let ending = sandbox.start(command).wait()
      #expect(ending.status == 70)
      #expect(ending.errors.hasPrefix("error: file is damaged at byte "), "\(ending.errors)")
      #expect(ending.output == "")
    }
    #expect(sandbox.names() == ["file", "tmp"])
  }

  @Test("a trace of another version is called that")
  func version() {
    let sandbox = Sandbox()
    var bytes = TextFile.bytes(Self.shipped)
    bytes[8] = 99
    TextFile.write(sandbox.path("file"), bytes)
    let ending = sandbox.run("trace", "info", "file")
    #expect(ending.status == 64)
    #expect(ending.errors == "error: file is a trace of version 99\nnote: this acebench reads versions 1 to 2\n")
  }

  @Test("a missing file and a folder are no traces")
  func missing() {
    let sandbox = Sandbox()
    let missing = sandbox.run("trace", "info", "nowhere")
    #expect(missing.status == 69)
    #expect(missing.errors == "error: nowhere: No such file or directory (open)\n")
    let folder = sandbox.run("trace", "info", "tmp")
    #expect(folder.status == 64)
    #expect(folder.errors == "error: tmp is in no trace format that acebench reads\n")
  }

  @Test("the text about a trace has its figures, sizes and lifetimes")
  func text() {
    let ending = Sandbox().run("trace", "info", Self.shipped)
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    for words in ["operations count", "live peak bytes", "requested sizes", "lifetimes in operations", "provenance"] {
      #expect(ending.output.contains("  \(words)"))
    }
  }

  @Test("a window has its events, and blocks that are live at its start")
  func cut() throws {
    let sandbox = Sandbox()
    #expect(sandbox.run("record", "-q", "-o", "a.acetrace", "--", Compiled.program("calls"), "100").status == 0)
    let even = sandbox.run("trace", "cut", "a.acetrace", "even.acetrace", "--events", "10..50")
    #expect(even.status == 0)
    #expect(even.errors == "note: 40 events in even.acetrace; next: acebench replay even.acetrace\n")
    let information = try JSONRecord.all(sandbox.run("trace", "info", "even.acetrace", "-f", "json").output).first
    #expect(information?.number("malloc_count") == 20)
    #expect(information?.number("free_count") == 20)
    // One more event before the window's first free is the block that it frees.
    #expect(sandbox.run("trace", "cut", "-q", "a.acetrace", "odd.acetrace", "--events", "11..50").status == 0)
    let odd = try JSONRecord.all(sandbox.run("trace", "info", "odd.acetrace", "-f", "json").output).first
    #expect(odd?.number("unmatched_frees_count") == 0)
    #expect(odd?.number("malloc_count") == 20)

    let late = sandbox.run("trace", "cut", "a.acetrace", "late.acetrace", "--from", "100s", "--to", "200s")
    #expect(late.status == 0)
    #expect(late.errors.hasPrefix("warning: the window holds no operation\n"))
    let all = sandbox.run("trace", "cut", "-q", "a.acetrace", "all.acetrace", "--from", "0s")
    #expect(all.status == 0)
    let whole = try JSONRecord.all(sandbox.run("trace", "info", "all.acetrace", "-f", "json").output).first
    #expect(whole?.number("operations_count") == 205)
  }

  /// malloc-bench's messages for three blocks of 100, 200 and 300 bytes, the first two of which are freed.
  private static let threeBlocks: [UInt8] = [
    0x0a, 6, 0x0a, 4, 0x08, 0, 0x10, 100, 0x0a, 7, 0x0a, 5, 0x08, 1, 0x10, 0xc8, 0x01,
    0x0a, 7, 0x0a, 5, 0x08, 2, 0x10, 0xac, 0x02, 0x0a, 4, 0x12, 2, 0x08, 0, 0x0a, 4, 0x12, 2, 0x08, 1,
  ]

  @Test("a malloc-bench trace is imported, and can be replayed")
  func imported() throws {
    let sandbox = Sandbox()
    TextFile.write(sandbox.path("tiny.pb"), Self.threeBlocks)
    #expect(Compiled.shell("gzip '\(sandbox.path("tiny.pb"))'").status == 0)
    let ending = sandbox.run("trace", "import", "tiny.pb.gz")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(sandbox.names() == ["tiny.acetrace", "tiny.pb.gz", "tmp"])
    let information = try JSONRecord.all(sandbox.run("trace", "info", "tiny.acetrace", "-f", "json").output).first
    #expect(information?.number("malloc_count") == 3)
    #expect(information?.number("free_count") == 2)
    #expect(information?.number("requested_bytes") == 600)
    #expect(information?.number("live_end_blocks_count") == 1)
    #expect(sandbox.run("replay", "tiny.acetrace", "-a", "system", "-n", "1", "--pass", "time").status == 0)
  }

  @Test("a text of another tool is imported, told apart by its content or by --from, with what it lost")
  func importedText() throws {
    let sandbox = Sandbox()
    _ = sandbox.write("calls.txt", "= Start\n@ ./a:[0x1] + 0x10 0x64\n@ ./a:[0x1] - 0x20\n@ ./a:[0x1] + (nil) 0x8\n")
    for options in [[], ["--from", "mtrace"]] {
      let ending = sandbox.start(["trace", "import", "calls.txt"] + options).wait()
      #expect(ending.status == 0, "\(ending.errors)")
      for words in [
        "read as glibc mtrace text", "threads are not in the format", "calls that gave no block, left out: 1",
        "frees of blocks that are not live, left out, and reallocs of such, made mallocs: 1",
      ] {
        #expect(ending.errors.contains("note: \(words)"), "\(ending.errors)")
      }
    }
    let information = try JSONRecord.all(sandbox.run("trace", "info", "calls.acetrace", "-f", "json").output).first
    #expect(information?.number("malloc_count") == 1)
    _ = sandbox.write("heaptrack.calls.77.raw", "v 10400 3\n+ 8 1 10\n")
    #expect(sandbox.run("trace", "import", "-q", "heaptrack.calls.77.raw").errors == "")
    #expect(sandbox.names().contains("heaptrack.calls.77.acetrace"))
    let wrong = sandbox.run("trace", "import", "calls.txt", "--from", "heaptrack")
    #expect(wrong.status == 70)
    #expect(
      wrong.errors == "error: calls.txt is damaged at byte 0: line 1, which begins with no letter of heaptrack's\n")
    _ = sandbox.write("interpreted", "v 10400 3\nX ./a\na 10 1\n+ 0\n")
    let interpreted = sandbox.run("trace", "import", "interpreted")
    #expect(interpreted.status == 64)
    #expect(interpreted.errors.contains("help: record with 'heaptrack --raw'"))
  }

  @Test(
    "histograms come as records, buckets in order and shares that add up", arguments: ["sizes", "lifetimes", "times"])
  func histograms(name: String) throws {
    let ending = Sandbox().run("trace", "info", Self.shipped, "--histogram", name, "-f", "json")
    #expect(ending.status == 0, "\(ending.errors)")
    let records = try JSONRecord.all(ending.output)
    let unit = ["sizes": "bytes", "lifetimes": "operations", "times": "ns"][name] ?? ""
    let firsts = records.compactMap { $0.number("from_\(unit)") }
    #expect(firsts.count == records.count && firsts.count > 5 && firsts == firsts.sorted())
    let shares = records.compactMap { $0.number(name == "sizes" ? "requests_share" : "freed_blocks_share") }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-4)
  }

  @Test("the histogram of threads has a record for each")
  func threadHistogram() throws {
    let path = "\(Sandbox.sources)/workloads/traces/threads.acetrace"
    let records = try JSONRecord.all(
      Sandbox().run("trace", "info", path, "--histogram", "threads", "-f", "json").output)
    let whole = try JSONRecord.all(Sandbox().run("trace", "info", path, "-f", "json").output).first
    #expect(records.count == 4)
    for (sum, name) in [
      ("events_count", "events_count"), ("cross_thread_frees_count", "cross_thread_frees_count"),
      ("freed_by_others_count", "cross_thread_frees_count"), ("requested_bytes", "requested_bytes"),
    ] {
      #expect(records.compactMap { $0.number(sum) }.reduce(0, +) == whole?.number(name), "\(sum)")
    }
  }
}
