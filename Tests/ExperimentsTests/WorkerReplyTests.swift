// SPDX-License-Identifier: MIT

import Allocators
import Results
import Testing

@testable import Experiments

@Suite("What a worker wrote is read, and judged by how it ended")
struct WorkerReplyTests {
  @Test("figures, words, a timeline, and lines of others")
  func lines() {
    let reply = WorkerReply(
      Array(
        """
        {"op_index":0,"elapsed_ns":5,"live_bytes":0,"rss_bytes":100,"vmsize_bytes":200,"lazyfree_bytes":0}
        <jemalloc>: invalid conf pair
        {"op_index":10,"elapsed_ns":50,"live_bytes":64,"rss_bytes":4096}
        {"served_by":"/usr/lib/libc.so.6","operations_count":10,"rss_area":1.5,"bad":null}

        {"served_by":"/usr/lib/libc.so.6","operations_count":18446744073709551615,"rss_area":1.5}
        """.utf8))
    #expect(reply.timeline.map(\.operationIndex) == [0, 10])
    #expect(reply.timeline.map(\.residentByteCount) == [100, 4096])
    #expect(reply.timeline.map(\.virtualByteCount) == [200, nil])
    #expect(reply.number("operations_count") == .count(.max))
    #expect(reply.number("rss_area") == .real(1.5))
    #expect(reply.text("served_by") == "/usr/lib/libc.so.6")
    #expect(reply.number("served_by") == nil)
    #expect(reply.text("operations_count") == nil)
    #expect(reply.number("elapsed_ns") == nil)
  }

  @Test("what ACE told of itself, and of its size classes")
  func ace() {
    let reply = WorkerReply(
      Array(
        """
        {"size_class":1,"block_byte_count":16,"refill_count":3}
        {"op_index":0,"elapsed_ns":5,"live_bytes":0}
        {"size_class":2,"block_byte_count":32,"refill_count":0}
        {"operations_count":10,"rss_area":1.5,"ace_refill_count":3,"ace_purged_bytes":18446744073709551615}
        """.utf8))
    #expect(
      reply.aceFigures
        == ACEFigures(
          process: ["refill_count": 3, "purged_bytes": .max],
          sizeClasses: [
            ["size_class": 1, "block_byte_count": 16, "refill_count": 3],
            ["size_class": 2, "block_byte_count": 32, "refill_count": 0],
          ]))
    #expect(reply.timeline.count == 1)
    #expect(reply.number("operations_count") == .count(10))
    #expect(WorkerReply(Array("{\"operations_count\":10}".utf8)).aceFigures == nil)
  }

  @Test("decisions, in the order in which they were told")
  func decisions() {
    let reply = WorkerReply(
      Array(
        """
        {"decision":4,"milliseconds":90,"epoch":2,"subject":"tick-ms","class_bytes":64,"old_value":1,\
        "new_value":18446744073709551615,"was_applied":1,"old_cost":3.0,"new_cost":-0.125,"reason":"won 3 of 4 epochs"}
        {"decision":5,"milliseconds":95,"epoch":3,"subject":"carve-pages","old_value":1,"new_value":2,\
        "was_applied":0,"reason":""}
        {"operations_count":10,"ace_decision_count":5}
        """.utf8))
    #expect(
      reply.aceFigures
        == ACEFigures(
          process: ["decision_count": 5],
          decisions: [
            EngineDecision(
              sequence: 4, milliseconds: 90, epoch: 2, subject: "tick-ms", classByteCount: 64, oldValue: 1,
              newValue: .max, wasApplied: true, oldCost: 3, newCost: -0.125, reason: "won 3 of 4 epochs"),
            EngineDecision(
              sequence: 5, milliseconds: 95, epoch: 3, subject: "carve-pages", oldValue: 1, newValue: 2,
              wasApplied: false, reason: ""),
          ]))
    #expect(reply.number("operations_count") == .count(10))
  }

  @Test("what can be set, as far as it is described")
  func knobs() {
    let reply = WorkerReply(
      Array(
        """
        {"knob":"refill-one","kind":"switch","unit":"","minimum":0,"maximum":1,"initial":0,"value":1}
        {"knob":"odd","kind":"wheel","unit":"","minimum":0,"maximum":1,"initial":0,"value":1}
        {"knob":"empty","kind":"number","unit":"","minimum":2,"maximum":1,"initial":0,"value":1}
        {"served_by":"/usr/lib/libace.so"}
        """.utf8))
    #expect(
      reply.knobs == [ACEKnob(name: "refill-one", kind: .switch, unit: "", range: 0...1, initialValue: 0, value: 1)])
    #expect(reply.text("served_by") == "/usr/lib/libace.so")
  }

  @Test("a worker whose allocator is set otherwise ends more than its row")
  func settings() throws {
    let arm = Arm(allocator: "ace", switches: "refill-one=on")
    let refused = WorkerReply(Array("{\"failure\":\"setting\",\"detail\":\"refill-one is 0 and not 1\"}".utf8))
    #expect(throws: ExperimentError.settingNotTaken(arm: arm, reason: "refill-one is 0 and not 1")) {
      try WorkerVerdict.requireSettings(arm, refused)
    }
    for other in ["{\"operations_count\":1}", "{\"failure\":\"unserved\"}", ""] {
      try WorkerVerdict.requireSettings(arm, WorkerReply(Array(other.utf8)))
    }
  }

  private func outcome(
    _ text: String, exitCode: Int32? = nil, signal: Int32? = nil, timedOut: Bool = false
  ) -> Outcome {
    var ending = ChildProcess.Ending()
    ending.exitCode = exitCode
    ending.signal = signal
    ending.timedOut = timedOut
    return WorkerVerdict.outcome(of: ending, WorkerReply(Array(text.utf8)))
  }

  @Test("each way to end has its status")
  func outcomes() {
    #expect(outcome("{\"operations_count\":1}", exitCode: 0) == .ok)
    #expect(outcome("", exitCode: 0) == Outcome(.exit, exitCode: 0))
    #expect(outcome("", exitCode: 70) == Outcome(.exit, exitCode: 70))
    #expect(outcome("{\"failure\":\"out-of-memory\"}", exitCode: 71) == Outcome(.oom, exitCode: 71))
    #expect(outcome("{\"failure\":\"unserved\"}", exitCode: 69) == Outcome(.unserved, exitCode: 69))
    #expect(outcome("{\"failure\":\"not-loadable\"}", exitCode: 69) == Outcome(.exit, exitCode: 69))
    #expect(outcome("", signal: 11) == Outcome(.crash, signal: 11))
    #expect(outcome("", signal: 9, timedOut: true) == Outcome(.timeout))
  }
}
