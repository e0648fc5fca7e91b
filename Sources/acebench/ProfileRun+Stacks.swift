// SPDX-License-Identifier: MIT

import Experiments
import Profiling
import Reports

extension ProfileRun {
  mutating func performSamples() throws {
    let files = ProfileFiles(folder: folder)
    var first: (name: String, profile: StackProfile)?
    for (arm, name) in subject.arms.enumerated() {
      progress.show(done: arm, total: subject.arms.count, what: "samples, \(name)")
      var (outcome, stacks, profile) = try SamplePass.run(nextTarget(arm: arm, round: 1))
      if outcome.isInterrupted { break }
      try note(outcome, arm: arm)
      ProgressLine.clear()
      if !show.quiet { tell(of: stacks, profile, name) }
      guard profile.total() > 0 else { continue }
      profile.title = "\(subject.name) with \(name)"
      let fileName = "cpu-\(ProfileFiles.fileName(name))"
      try files.writeGraph(profile, name: fileName)
      try files.writeAll(profile, name: fileName)
      if isForPeople {
        let table = FunctionTable.table(of: FunctionTotals(profile))
        let count = "\(profile.total(measure: 1)) samples of \(stacks.event.rawValue)"
        Streams.writeOutput(
          show.tableStyle.heading("Processor time with \(name) (\(count))")
            + table.render(show.tableStyle, width: Terminal.width) + "\n")
      }
      if let first {
        try files.writeDifference(
          first.profile, named: first.name, profile, named: name, measure: profile.measures[0],
          title: "\(subject.name): \(name) compared with \(first.name)", name: fileName + "-difference")
      } else {
        first = (name, profile)
      }
    }
    ProgressLine.clear()
  }

  /// Says what there is to be known of samples that are not whole.
  private func tell(of stacks: SampledStacks, _ profile: StackProfile, _ name: String) {
    if stacks.lostCount > 0 { Diagnostic.warn("with \(name), \(stacks.lostCount) samples were lost") }
    if !stacks.hasKernel {
      Diagnostic.note(
        "what the kernel does is not sampled: 'sysctl kernel.perf_event_paranoid=1' permits it, as does root")
    }
    if profile.total() == 0 {
      Diagnostic.warn("with \(name) there is no sample: it was too short; --repeat makes a workload longer")
    } else if stacks.lacksFramePointers {
      Diagnostic.note("with \(name), callers are missing: most of what runs was compiled without frame pointers")
    }
  }

  /// Where the program itself allocates: one run of it, whatever the allocator.
  mutating func performAllocations() throws {
    guard let trace = try subject.recordedTrace(stacks: stacks, in: folder, showsOutput: takeOutput()) else {
      if isChosen(.allocations) {
        Diagnostic.warn("a generated workload has no program behind it that allocates: there are no stacks to show")
      }
      return
    }
    let allocations = try withExtendedLifetime(trace) { try AllocationProfile(tracePath: trace.path) }
    var profile = allocations.stackProfile()
    if !show.quiet {
      for remark in allocations.recording.remarks { Diagnostic.note(remark) }
      Diagnostic.note("stacks: \(StackWords.method(of: allocations.recording))")
    }
    guard profile.total() > 0 else {
      return Diagnostic.warn("no allocation was in the sample of stacks: --stacks unwind takes one of each")
    }
    let files = ProfileFiles(folder: folder)
    // What files of all measures call the profile.
    let command = profile.title
    for (suffix, measure) in Self.allocationMeasures {
      guard let index = profile.index(of: measure) else { continue }
      profile.title = "\(subject.name): \(measure.name)"
      try files.writeGraph(profile, name: "allocations-\(suffix)", measure: index)
      profile.title = command
    }
    try files.writeAll(profile, name: "allocations")
    try files.writeHeapProfile(profile, name: "allocations.dhat.json")
    guard isForPeople else { return }
    let sums = Self.allocationMeasures.compactMap { suffix, measure in
      profile.index(of: measure).map { "\(suffix) \(measure.text(of: profile.total(measure: $0)))" }
    }
    Streams.writeOutput(
      show.tableStyle.heading("Allocations (\(sums.joined(separator: ", ")))")
        + FunctionTable.table(of: FunctionTotals(profile)).render(show.tableStyle, width: Terminal.width) + "\n")
  }

  /// The flamegraphs of allocations, by the ends of their files' names.
  private static let allocationMeasures: [(suffix: String, measure: ProfileMeasure)] = [
    ("bytes", .allocatedBytes), ("count", .allocatedBlocks), ("peak", .peakBytes), ("leaked", .leakedBytes),
    ("short-lived", .shortLivedBytes),
  ]
}
