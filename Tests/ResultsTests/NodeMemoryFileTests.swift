// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct NodeMemoryFileTests {
  @Test("nodes are appended in rows that name their sample")
  func append() throws {
    let scratch = Scratch()
    let path = scratch.file("numa.csv")
    for _ in 0..<2 {
      try NodeMemoryFile(path: path).append(
        [
          NodeMemory(node: 0, livePeakByteCount: 4096, endByteCount: 0),
          NodeMemory(node: 1, livePeakByteCount: nil, endByteCount: 8192),
        ], of: Samples.make(arm: Samples.arms[3], sequence: 12))
    }
    let identity = "1,session,12,tiny-hot/1,tiny-hot,size=64;batch=100,1,page,ace,refill-one=on;front=off,1,1"
    let rows = "\(identity),0,4096,0\n\(identity),1,,8192\n"
    #expect(
      Scratch.text(path)
        == "schema_version,session_id,sequence,cell_id,workload,parameters,threads_count,touch,allocator,switches,"
        + "round,attempt,node,rss_at_live_peak_bytes,rss_end_bytes\n" + rows + rows)
  }

  @Test("a process that told of no node leaves no file")
  func nothing() throws {
    let scratch = Scratch()
    let file = NodeMemoryFile(path: scratch.file("numa.csv"))
    try file.append([], of: Samples.make())
    try file.endRound()
    #expect(Scratch.read(scratch.file("numa.csv")) == [])
  }
}
