// SPDX-License-Identifier: MIT

import Results
import TestSupport
import Testing

@Suite struct TimelineReaderTests {
  static let header =
    "schema_version,session_id,sequence,cell_id,op_index,elapsed_ns,live_bytes,rss_bytes,vmsize_bytes,lazyfree_bytes\n"

  private func points(
    _ text: String, _ wanted: [TimelineReader.Process]
  ) throws -> [(process: TimelineReader.Process, point: TimelinePoint)] {
    let folder = TemporaryFolder()
    let path = folder.write("timeline.csv", Array(text.utf8))
    var points: [(process: TimelineReader.Process, point: TimelinePoint)] = []
    try TimelineReader(path: path).forEachPoint(where: wanted.contains) { points.append(($0, $1)) }
    return points
  }

  private func process(_ session: String, _ sequence: UInt64) -> TimelineReader.Process {
    TimelineReader.Process(sessionIdentifier: session, sequence: sequence)
  }

  @Test("of the processes that are asked for come all points, what was not read as nothing")
  func chosen() throws {
    let text =
      Self.header + "1,s,7,c,0,0,0,100,200,0\n1,s,8,c,0,0,0,1,1,1\n1,t,7,c,0,0,0,2,2,2\n1,s,7,c,50,9,64,4096,,\n"
    let found = try points(text, [process("s", 7)])
    #expect(found.map(\.process) == [process("s", 7), process("s", 7)])
    #expect(
      found.map(\.point) == [
        TimelinePoint(
          operationIndex: 0, elapsedNanoseconds: 0, liveByteCount: 0, residentByteCount: 100, virtualByteCount: 200,
          lazyFreeByteCount: 0),
        TimelinePoint(operationIndex: 50, elapsedNanoseconds: 9, liveByteCount: 64, residentByteCount: 4096),
      ])
  }

  @Test("a last row that was torn off is not read")
  func torn() throws {
    #expect(try points(Self.header + "1,s,7,c,0,0,0,1,1,1\n1,s,7,c,5", [process("s", 7)]).count == 1)
  }

  @Test("what cannot be used is named by its row and column")
  func damaged() {
    let wanted = [process("s", 7)]
    #expect {
      _ = try points(Self.header + "1,s,7,c,0,0,0,1,1,1\n1,s,7,c,5,0,many,1,1,1\n", wanted)
    } throws: { error in
      guard case ResultsError.malformedValue(_, 3, "live_bytes", "many") = error else { return false }
      return true
    }
    #expect {
      _ = try points(Self.header + "1,s,7,c,0\n", wanted)
    } throws: { error in
      guard case ResultsError.fieldCount(_, 2, 10, 5) = error else { return false }
      return true
    }
    #expect {
      _ = try points(Self.header + "2,s,7,c,0,0,0,1,1,1\n", wanted)
    } throws: { error in
      guard case ResultsError.unsupportedSchema(_, 2, "2") = error else { return false }
      return true
    }
    #expect {
      _ = try points("schema_version,session_id,sequence\n", wanted)
    } throws: { error in
      guard case ResultsError.missingColumns(_, let names) = error else { return false }
      return names.contains("op_index")
    }
  }
}
