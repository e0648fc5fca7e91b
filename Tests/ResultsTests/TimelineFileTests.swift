// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct TimelineFileTests {
  @Test("a timeline is appended in rows that name their sample")
  func append() throws {
    let scratch = Scratch()
    let path = scratch.file("timeline.csv")
    for _ in 0..<2 {
      try TimelineFile(path: path).append(
        [
          TimelinePoint(operationIndex: 0, elapsedNanoseconds: 5, liveByteCount: 6),
          TimelinePoint(
            operationIndex: 100, elapsedNanoseconds: 7, liveByteCount: 8, residentByteCount: 9, virtualByteCount: 10,
            lazyFreeByteCount: 0),
        ], of: Samples.make(arm: Samples.arms[3], sequence: 12))
    }
    let identity = "1,session,12,tiny-hot/1,tiny-hot,size=64;batch=100,1,page,ace,refill-one=on;front=off,1,1"
    let rows = "\(identity),0,5,6,,,\n\(identity),100,7,8,9,10,0\n"
    #expect(
      Scratch.text(path)
        == "schema_version,session_id,sequence,cell_id,workload,parameters,threads_count,touch,allocator,switches,"
        + "round,attempt,op_index,elapsed_ns,live_bytes,rss_bytes,vmsize_bytes,lazyfree_bytes\n" + rows + rows)
  }

  @Test("a torn timeline is cut when it is opened again")
  func torn() throws {
    let scratch = Scratch()
    let path = scratch.file("timeline.csv")
    let points = [TimelinePoint(operationIndex: 0, elapsedNanoseconds: 5, liveByteCount: 6)]
    try TimelineFile(path: path).append(points, of: Samples.make())
    let whole = Scratch.read(path)
    scratch.write(whole.dropLast(3), to: "timeline.csv")
    try TimelineFile(path: path).append(points, of: Samples.make())
    #expect(Scratch.read(path) == whole)
  }
}
