// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct ACEFiguresFileTests {
  private static let identity =
    "1,session,12,tiny-hot/1,tiny-hot,size=64;batch=100,1,page,time,ace,refill-one=on;front=off,1,1"
  private static let identityColumns =
    "schema_version,session_id,sequence,cell_id,workload,parameters,threads_count,touch,pass,allocator,switches,round,attempt"

  private func file(_ scratch: Scratch) -> ACEFiguresFile {
    ACEFiguresFile(folder: scratch.path, processFields: ["refill_count", "purged_bytes"], classFields: ["slab_count"])
  }

  @Test("figures are appended in rows that name their sample, what is not known left empty")
  func append() throws {
    let scratch = Scratch()
    let sample = Samples.make(arm: Samples.arms[3], sequence: 12)
    for _ in 0..<2 {
      try file(scratch).append(
        ACEFigures(
          process: ["refill_count": .max, "of_a_newer_library": 4],
          sizeClasses: [["size_class": 1, "slab_count": 7], ["size_class": 2]]), of: sample)
    }
    let row = "\(Self.identity),18446744073709551615,\n"
    #expect(
      Scratch.text(scratch.file("ace_stats.csv")) == "\(Self.identityColumns),refill_count,purged_bytes\n" + row + row)
    let classRows = "\(Self.identity),1,7\n\(Self.identity),2,\n"
    #expect(
      Scratch.text(scratch.file("ace_classes.csv"))
        == "\(Self.identityColumns),size_class,slab_count\n" + classRows + classRows)
  }

  @Test("without figures there are no files, and without size classes no file of them")
  func absent() throws {
    let scratch = Scratch()
    let figures = file(scratch)
    try figures.endRound()
    #expect(Scratch.read(scratch.file("ace_stats.csv")).isEmpty)
    try figures.append(ACEFigures(process: ["refill_count": 1]), of: Samples.make())
    try figures.endRound()
    #expect(!Scratch.read(scratch.file("ace_stats.csv")).isEmpty)
    #expect(Scratch.read(scratch.file("ace_classes.csv")).isEmpty)
  }

  @Test("a torn row is cut when the file is opened again")
  func torn() throws {
    let scratch = Scratch()
    let path = scratch.file("ace_stats.csv")
    let figures = ACEFigures(process: ["refill_count": 1, "purged_bytes": 2])
    try file(scratch).append(figures, of: Samples.make())
    let whole = Scratch.read(path)
    scratch.write(whole.dropLast(3), to: "ace_stats.csv")
    try file(scratch).append(figures, of: Samples.make())
    #expect(Scratch.read(path) == whole)
  }

  @Test("a file with other columns is left alone, and a numbered one begun")
  func otherColumns() throws {
    let scratch = Scratch()
    scratch.write(Array("schema_version,of_an_older_ace\n".utf8), to: "ace_stats.csv")
    try file(scratch).append(ACEFigures(process: ["refill_count": 1]), of: Samples.make())
    #expect(Scratch.text(scratch.file("ace_stats.csv")) == "schema_version,of_an_older_ace\n")
    #expect(Scratch.text(scratch.file("ace_stats-2.csv")).hasPrefix("\(Self.identityColumns),refill_count"))
  }

  @Test("decisions are a row each, beside the others, and an empty field where there is nothing")
  func decisions() throws {
    let scratch = Scratch()
    let sample = Samples.make(arm: Samples.arms[3], sequence: 12)
    let applied = EngineDecision(
      sequence: 7, milliseconds: 350, epoch: 3, subject: "carve-pages", classByteCount: 64, oldValue: 1, newValue: .max,
      wasApplied: true, oldCost: 3.25, newCost: -2, reason: "won 3 of 4, \"at last\"")
    let observed = EngineDecision(
      sequence: 8, milliseconds: 0, epoch: 0, subject: "tick-ms", oldValue: 0, newValue: 5, wasApplied: false,
      reason: "")
    for decisions in [[applied, observed], [], [observed]] {
      let figures = file(scratch)
      try figures.append(ACEFigures(process: [:], decisions: decisions), of: sample)
      try figures.endRound()
    }
    let rows = [
      "7,350,3,carve-pages,64,1,18446744073709551615,1,3.25,-2.0,\"won 3 of 4, \"\"at last\"\"\"",
      "8,0,0,tick-ms,,0,5,0,,,", "8,0,0,tick-ms,,0,5,0,,,",
    ]
    #expect(
      Scratch.text(scratch.file("decisions.csv"))
        == "\(Self.identityColumns),decision,milliseconds,epoch,subject,class_bytes,old_value,new_value,was_applied,"
        + "old_cost,new_cost,reason\n" + rows.map { "\(Self.identity),\($0)\n" }.joined())
  }

  @Test("a torn decision is cut when the file is opened again")
  func tornDecision() throws {
    let scratch = Scratch()
    let decision = EngineDecision(
      sequence: 1, milliseconds: 2, epoch: 3, subject: "tick-ms", oldValue: 4, newValue: 5, wasApplied: true,
      reason: "two\nlines")
    let figures = ACEFigures(process: [:], decisions: [decision])
    try file(scratch).append(figures, of: Samples.make())
    let whole = Scratch.read(scratch.file("decisions.csv"))
    scratch.write(whole.dropLast(8), to: "decisions.csv")
    try file(scratch).append(figures, of: Samples.make())
    #expect(Scratch.read(scratch.file("decisions.csv")) == whole)
  }
}
