// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Glibc
import Results
import TestSupport
import Testing

@Suite("A gate that runs")
struct GateRunTests {
  /// Does something when the first round is over.
  private final class Meddler: SweepObserver {
    private let meddle: () -> Void
    private var isDone = false

    init(_ meddle: @escaping () -> Void) { self.meddle = meddle }

    func willRun(done: Int, total: Int, what: String) {}
    func didNotice(_ text: String) {}
    func didMeasure(_ sample: Sample, _ details: RunDetails) {
      if !isDone { meddle() }
      isDone = true
    }
  }

  private let folder = TemporaryFolder()

  private func description(timeLimitSeconds: Double = 0) -> GateDescription {
    var description = GateDescription()
    description.cells = [GateCellDescription(workload: "tiny-hot:64,10,200")]
    description.metrics = ["throughput"]
    description.controls = false
    description.screen = StageLimits(minimum: 6, maximum: 6)
    description.confirm = StageLimits(minimum: 6, maximum: 6)
    description.timeLimitSeconds = timeLimitSeconds
    return description
  }

  private func report(
    _ plan: GatePlan, _ fingerprint: EnvironmentFingerprint, meddle: @escaping () -> Void
  ) throws -> GateReport {
    let output = try GateOutput(folder: folder.file("gate"), plan: plan, fingerprint: fingerprint)
    let run = try GateRun(
      plan, output: output, fingerprint: fingerprint, worker: Products.path("acebench-worker"),
      observer: Meddler(meddle))
    _ = try run.run()
    return GateJudge(plan.settings, run.evidence).report()
  }

  @Test("a library that is built anew meanwhile makes it invalid")
  func changedLibrary() throws {
    let head = folder.file("head.so")
    let library = bytes(of: Products.path("libace.so"))
    folder.write("head.so", library)
    let plan = try GatePlan(description(), base: "system", head: head)
    let folder = folder
    let report = try report(plan, EnvironmentFingerprint()) { folder.write("head.so", library + [0]) }
    #expect(report.verdict == .invalid)
    #expect(report.reasons.contains { $0.hasPrefix("the file of head changed in between") }, "\(report.reasons)")
  }

  @Test("a machine that changes in the last round makes it invalid")
  func changedMachine() throws {
    let plan = try GatePlan(description(timeLimitSeconds: 0.5), base: "system", head: "system")
    // The machine as it was before the gate; its only round is the last, for then the time is up.
    let other = SystemSource(root: folder.path, architecture: "", libc: "", pageByteCount: 0, environment: [:])
    let before = try EnvironmentFingerprint(other)
    let report = try report(plan, before) { usleep(600_000) }
    #expect(report.reasons.contains { $0.hasPrefix("the machine changed in between") }, "\(report.reasons)")
    #expect(report.facts.processCount == 2)
  }

  private func bytes(of path: String) -> [UInt8] {
    guard let stream = fopen(path, "r") else { return [] }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
