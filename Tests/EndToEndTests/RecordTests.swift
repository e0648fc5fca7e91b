// SPDX-License-Identifier: MIT

import Glibc
import TestSupport
import Testing

@Suite struct RecordTests {
  /// What `calls COUNT` does, by kind.
  private func expectCalls(_ sandbox: Sandbox, _ trace: String, count: Double) throws {
    let information = try #require(try JSONRecord.all(sandbox.run("trace", "info", trace, "-f", "json").output).first)
    #expect(information.number("malloc_count") == count)
    #expect(information.number("calloc_count") == 1)
    #expect(information.number("realloc_count") == 1)
    #expect(information.number("aligned_count") == 1)
    #expect(information.number("free_count") == count + 2)
    #expect(information.number("requested_bytes") == count * 7001 + 3000 + 9001 + 8192)
    #expect(information.number("live_peak_bytes") == 9001)
    #expect(information.number("live_end_blocks_count") == 0)
    #expect(information.number("lost_events_count") == 0)
  }

  @Test(
    "what a program asked for is in its trace, and its output and exit code are its own", arguments: ["fine", "coarse"])
  func recorded(order: String) throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "record", "--order", order, "-o", "a.acetrace", "--", Compiled.program("calls"), "100", "3")
    #expect(ending.status == 3)
    #expect(ending.output == "what the program says\n")
    #expect(
      ending.errors.hasPrefix(
        "warning: \(Compiled.program("calls")) ended with status 3\nnote: 205 events on 1 thread in a.acetrace: "))
    #expect(ending.errors.hasSuffix("\nnote: next: acebench replay a.acetrace\n"))
    #expect(sandbox.names() == ["a.acetrace", "tmp"])
    try expectCalls(sandbox, "a.acetrace", count: 100)
  }

  @Test("a raw trace is kept when asked for, and can be packed later")
  func raw() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run("record", "--raw", "-o", "a.raw", "--", Compiled.program("calls"), "50")
    #expect(ending.status == 0)
    #expect(ending.errors == "note: raw trace in a.raw; next: acebench trace convert a.raw NAME.acetrace\n")
    try expectCalls(sandbox, "a.raw", count: 50)
    let packed = sandbox.run("trace", "convert", "a.raw", "b.acetrace", "--provenance", "a test of 2026")
    #expect(packed.status == 0)
    try expectCalls(sandbox, "b.acetrace", count: 50)
    #expect(sandbox.run("trace", "info", "b.acetrace").output.contains("  provenance         a test of 2026\n"))
  }

  @Test("stacks are recorded when asked for, kept through packing and cutting, and described")
  func stacks() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "record", "--stacks", "fp", "--stack-depth", "16", "-o", "a.acetrace", "--", Compiled.program("calls"), "100", "0"
    )
    #expect(ending.status == 0)
    #expect(ending.errors.hasPrefix("note: stacks: on every allocation, by frame pointers, 16 frames at most\n"))
    try expectCalls(sandbox, "a.acetrace", count: 100)
    let packed = try #require(
      try JSONRecord.all(sandbox.run("trace", "info", "a.acetrace", "-f", "json").output).first)
    // 103 allocations, from a few places.
    #expect(packed.number("stacked_allocations_count") == 103)
    #expect((packed.number("distinct_stacks_count") ?? 0) > 3)
    #expect(packed.number("failed_stacks_count") == 0)
    let text = sandbox.run("trace", "info", "a.acetrace").output
    #expect(text.contains("  stacks             on every allocation, by frame pointers, 16 frames at most\n"))
    #expect(sandbox.run("trace", "cut", "a.acetrace", "b.acetrace", "--events", "0..50").status == 0)
    let cut = try #require(try JSONRecord.all(sandbox.run("trace", "info", "b.acetrace", "-f", "json").output).first)
    #expect((cut.number("stacked_allocations_count") ?? 0) >= 25)
    #expect(sandbox.run("replay", "b.acetrace", "-a", "system", "-n", "1", "--pass", "time", "-o", "r.csv").status == 0)
  }

  @Test("without libunwind the program is recorded all the same, with a warning", arguments: ["unwind", "sampled"])
  func withoutUnwinder(method: String) throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "record", "--stacks", method, "-o", "a.acetrace", "--", Compiled.program("calls"), "100", "0",
      environment: ["ACERECORD_UNWINDER": "/nowhere"])
    #expect(ending.status == 0)
    #expect(
      ending.errors.hasPrefix(
        "warning: libunwind could not be opened: stacks were taken by frame pointers\nnote: stacks: "))
    try expectCalls(sandbox, "a.acetrace", count: 100)
    #expect(
      sandbox.run("trace", "info", "a.acetrace").output.contains(
        "  remark             libunwind could not be opened: stacks were taken by frame pointers\n"))
  }

  @Test("a script that turns itself into a program is recorded as that program")
  func script() throws {
    let sandbox = Sandbox()
    sandbox.write("start.sh", "#!/bin/sh\nexec '\(Compiled.program("calls"))' 10 5\n")
    chmod(sandbox.path("start.sh"), 0o755)
    let ending = sandbox.run("record", "-q", "-o", "a.acetrace", "--", "./start.sh")
    #expect(ending.status == 5)
    #expect(ending.errors == "")
    try expectCalls(sandbox, "a.acetrace", count: 10)
    #expect(sandbox.names() == ["a.acetrace", "start.sh", "tmp"])
  }

  @Test("the shell is recorded, and children only when they are asked for")
  func shell() throws {
    let sandbox = Sandbox()
    let command = "'\(Compiled.program("calls"))' 20; echo done"
    let alone = sandbox.run("record", "-o", "a.acetrace", "--", "/bin/sh", "-c", command)
    #expect(alone.status == 0)
    #expect(alone.output == "what the program says\ndone\n")
    #expect(sandbox.names() == ["a.acetrace", "tmp"])
    let followed = sandbox.run("record", "--follow", "exec", "-o", "b.acetrace", "--", "/bin/sh", "-c", command)
    #expect(followed.status == 0)
    let traces = sandbox.names().filter { $0.hasPrefix("b.acetrace.") }
    let counts = try traces.map { name in
      try JSONRecord.all(sandbox.run("trace", "info", name, "-f", "json").output).first?.number("malloc_count")
    }
    #expect(counts.contains(20))
  }

  @Test("a program that is killed leaves what it did")
  func killed() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run("record", "-o", "a.acetrace", "--", "/bin/sh", "-c", "kill -9 $$")
    #expect(ending.status == 137)
    #expect(ending.errors.hasPrefix("warning: /bin/sh ended with status 137\n"))
    #expect(try JSONRecord.all(sandbox.run("trace", "info", "a.acetrace", "-f", "json").output).count == 1)
  }

  @Test("an interrupt that reaches acebench alone does not cost the trace")
  func interrupted() {
    let sandbox = Sandbox()
    let ending = sandbox.run("record", "-o", "a.acetrace", "--", "/bin/sh", "-c", "kill -INT $PPID; sleep 0.1; echo on")
    #expect(ending.status == 0)
    #expect(ending.output == "on\n")
    #expect(sandbox.exists("a.acetrace"))
  }

  @Test("recording ends when its time is over, and the program goes on")
  func duration() throws {
    let sandbox = Sandbox()
    let command = "sleep 0.3; exec '\(Compiled.program("calls"))' 5000"
    let ending = sandbox.run("record", "--duration", "50ms", "-o", "a.acetrace", "--", "/bin/sh", "-c", command)
    #expect(ending.status == 0)
    #expect(ending.output == "what the program says\n")
  }

  @Test("the control file switches recording", arguments: [("0", 0.0), ("1", 100.0)])
  func control(state: String, count: Double) throws {
    let sandbox = Sandbox()
    sandbox.write("switch", state)
    let ending = sandbox.run(
      "record", "--attach-control", "switch", "-o", "a.acetrace", "--", Compiled.program("calls"), "100")
    #expect(ending.status == 0)
    let information = try JSONRecord.all(sandbox.run("trace", "info", "a.acetrace", "-f", "json").output).first
    #expect(information?.number("malloc_count") == count)
  }

  @Test("a program that is not there is named")
  func missing() {
    let sandbox = Sandbox()
    let ending = sandbox.run("record", "-o", "a.acetrace", "--", "nosuchprogram")
    #expect(ending.status == 69)
    #expect(ending.errors == "error: nosuchprogram: No such file or directory (posix_spawn)\n")
    #expect(sandbox.names() == ["tmp"])
  }

  @Test("a program that cannot be recorded runs, and it is said why there is no trace")
  func statically() {
    let sandbox = Sandbox()
    let program = Compiled.program("calls", "-static")
    let ending = sandbox.run("record", "-o", "a.acetrace", "--", program, "10", "3")
    #expect(ending.status == 70)
    #expect(ending.output == "what the program says\n")
    #expect(
      ending.errors == """
        error: \(program) left no trace
        note: it ended with status 3, and the recorder did not run in it
        help: a statically linked or set-user-id program cannot be recorded; --follow exec records what it starts

        """)
    #expect(sandbox.names() == ["tmp"])
  }

  @Test(
    "a file that is there is left as it is, and the program is not run", arguments: ["a.acetrace", "a.acetrace.raw"])
  func existing(name: String) {
    let sandbox = Sandbox()
    sandbox.write(name, "precious")
    let ending = sandbox.run("record", "-o", "a.acetrace", "--", Compiled.program("calls"))
    #expect(ending.status == 64)
    #expect(ending.errors == "error: \(name) exists already\nhelp: remove it, or give -o another name\n")
    #expect(ending.output == "")
    #expect(sandbox.read(name) == "precious")
  }

  @Test("a place that cannot be written to is named before the program is run")
  func unwritable() {
    let ending = Sandbox().run("record", "-o", "nowhere/a.acetrace", "--", Compiled.program("calls"))
    #expect(ending.status == 69)
    #expect(ending.errors == "error: nowhere/a.acetrace.raw: No such file or directory (open)\n")
    #expect(ending.output == "")
  }
}
