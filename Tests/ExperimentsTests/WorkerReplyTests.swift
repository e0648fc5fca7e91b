// SPDX-License-Identifier: MIT

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
