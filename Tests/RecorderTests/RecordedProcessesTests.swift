// SPDX-License-Identifier: MIT

import Events
import Testing
import Trace

@Suite struct RecordedProcessesTests {
  @Test("a forked child is not recorded unless it is asked for")
  func followNone() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) exec")
    #expect(program.status == 0)
    #expect(program.traces == ["trace"])
    let sizes = try program.read().events.map(\.size)
    #expect(sizes.contains(700_001) && sizes.contains(700_003) && !sizes.contains(700_002))
  }

  @Test("a forked child has its own trace, which names its parent")
  func followFork() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) exec", settings: ["ACERECORD_FOLLOW=fork"])
    #expect(program.status == 0)
    let traces = program.traces
    #expect(traces.count == 2)
    let parent = try program.read().metadata
    for name in traces where name != "trace" {
      let (events, child) = try program.read(name)
      #expect(child.parentProcessIdentifier == parent.processIdentifier)
      #expect(name.hasPrefix("trace.\(child.processIdentifier)."))
      #expect(events.contains { $0.size == 700_002 })
      #expect(!events.contains { $0.size == 700_001 || $0.size == 7001 })
    }
  }

  @Test("a forked child has one trace, whole, when two of its threads make the first call at once")
  func followForkThreads() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) fork-threads", settings: ["ACERECORD_FOLLOW=fork"])
    #expect(program.status == 0)
    #expect(program.traces.count == 21)
    for name in program.traces where name != "trace" {
      #expect(try program.read(name).events.count { $0.size == 7001 } == 100)
    }
  }

  @Test("programs that a child starts have traces when they are asked for")
  func followExec() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) exec", settings: ["ACERECORD_FOLLOW=exec"])
    #expect(program.status == 0)
    let traces = program.traces
    #expect(traces.count == 3)
    let started = try traces.map { try program.read($0) }.filter { $0.metadata.commandLine.contains("many") }
    #expect(started.count == 1)
    #expect(started.first?.events.count { $0.size == 7001 } == 10)
  }

  @Test("a file that is there is left as it is, and the program runs")
  func existingFile() {
    let program = RecordedProgram("\(RecordedProgram.calls) many 10", before: "echo precious > trace")
    #expect(program.status == 0)
    #expect(RecordedProgram.shell("cat \(program.folder)/trace").output == "precious\n")
    #expect(program.traces == ["trace"])
  }

  @Test("the first byte of the control file says whether calls are recorded", arguments: [0, 1])
  func switched(isOn: Int) throws {
    let program = RecordedProgram(
      "\(RecordedProgram.calls) many 1000", settings: ["ACERECORD_CONTROL=switch"],
      before: "printf '\\00\(isOn)' > switch")
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    #expect(events.count { $0.size == 7001 } == isOn * 1000)
    #expect(metadata.remarks.contains { $0.contains("switched on and off") })
  }

  @Test("recording stops when its time is over")
  func duration() throws {
    let program = RecordedProgram(
      "sh -c 'sleep 0.3; exec true'", settings: ["ACERECORD_DURATION_MS=50", "ACERECORD_FOLLOW=none"])
    #expect(program.status == 0)
    let events = try program.read().events
    #expect(events.contains { $0.nanoseconds < 50_000_000 })
    // The first event with a stamp after the end is what ends it.
    #expect(events.count { $0.nanoseconds > 50_000_000 } <= 4)
  }

  @Test("a sample keeps the bytes in proportion, and the frees of what it keeps")
  func sample() throws {
    let program = RecordedProgram(
      "\(RecordedProgram.calls) many 200000", settings: ["ACERECORD_SAMPLE_BYTES=700100"])
    #expect(program.status == 0)
    let (events, _) = try program.read()
    let sampled = events.count { $0.size == 7001 }
    // One block of a hundred: 2000 ± 45; six deviations.
    #expect(sampled > 1730 && sampled < 2270)
    let summary = try Replayed(events).summary
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.liveEndBlockCount <= 2)
  }

  @Test("a block outside the sample that a thread asks for at its very end hides no other thread")
  func sampleAtThreadEnd() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) late", settings: ["ACERECORD_SAMPLE_BYTES=100000"])
    #expect(program.status == 0)
    #expect(try program.read().events.count { $0.size == 7_000_001 } == 20)
  }
}
