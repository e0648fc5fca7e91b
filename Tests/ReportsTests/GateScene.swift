// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Results

/// A gate on a made-up machine: what its cells are truly like goes in, and the report that the judge makes of its rows
/// comes out. The course of the gate is the real one.
struct GateScene {
  struct Place {
    var title: String
    /// head ÷ base of throughput.
    var speed = 1.0
    /// head ÷ base of peak memory; nil for a cell that is judged by throughput alone.
    var memory: Double?
    /// Standard deviation of a round's logarithm of the ratio.
    var scatter = 0.01
    var ignore: GateIgnore?
  }

  var places: [Place]
  var hasControls = false
  var screen = StageLimits.screen
  var confirm = StageLimits.confirm
  /// Called for each row before it is judged.
  var disturb: (inout Sample) -> Void = { _ in }

  static let unchanged = ["larson, 4 threads", "mstress, 4 threads", "xmalloc, 2 threads", "espresso, 1 thread"]

  var settings: GateSettings {
    GateSettings(
      cells: places.enumerated().map { index, place in
        GateCell(
          identifier: "cell-\(index)", title: place.title,
          metrics: place.memory == nil
            ? [.throughput: Margins()] : [.throughput: Margins(), .peakRSS: Margins(tolerate: 0.05, detect: 0.1)],
          ignore: place.ignore)
      }, controlCellIdentifier: hasControls ? "cell-0" : nil, screen: screen, confirm: confirm)
  }

  func report() -> GateReport {
    let settings = settings
    let course = GateCourse(settings)
    var evidence = GateEvidence(settings)
    var row: UInt64 = 1
    for stage in GateStage.allCases {
      while case let units = course.unitsWantingRound(in: stage, evidence.ledger), !units.isEmpty {
        for unit in units {
          let round = UInt32(evidence.ledger.rounds(of: unit, in: stage).count + 1)
          var hasFailed = false
          for sample in samples(unit, stage, round, settings) {
            row += 1
            evidence.note(sample, row: row)
            hasFailed = hasFailed || sample.outcome != .ok
          }
          // A gate ends with the process that fails.
          if hasFailed { return GateJudge(settings, evidence).report() }
        }
      }
    }
    return GateJudge(settings, evidence).report()
  }

  private func samples(_ unit: GateUnit, _ stage: GateStage, _ round: UInt32, _ settings: GateSettings) -> [Sample] {
    let index = settings.cells.firstIndex { $0.identifier == unit.cellIdentifier } ?? 0
    let place = places[index]
    let roles = settings.roles(of: unit, stage: stage)
    return roles.enumerated().map { position, role in
      var chance = Chance(state: 0)
      for number in [UInt64(index), UInt64(stage.rawValue), UInt64(round), UInt64(position)] { chance.stir(number) }
      let metrics = metrics(place, role, round, wobble: exp(place.scatter / 2.0.squareRoot() * chance.normal()))
      var sample = Samples.make(role.rawValue, metrics[unit.pass] ?? [:], pass: unit.pass, round: round)
      sample.cell.identifier = unit.cellIdentifier
      sample.stage = stage.rawValue
      sample.orderInRound = UInt32((position + Int(round)) % roles.count) + 1
      let path = "build/\(role.rawValue)/libace.so"
      sample.library = Library(path: path, sha256: "\(role.rawValue)-digest", load: .dlopen)
      sample.environment.identifier = "0123456789ab"
      sample.environment.processorModel = "Example CPU 3.1 GHz"
      sample.environment.coreCount = 2
      sample.environment.kernel = "6.12.0"
      sample.environment.hypervisor = "kvm"
      sample.disturbance.stealTickCount = 1
      disturb(&sample)
      return sample
    }
  }

  /// What a process measures on a machine whose speed drifts. Heaps are large: what is added to small ones is nothing.
  private func metrics(_ place: Place, _ role: GateRole, _ round: UInt32, wobble: Double) -> [Pass: [Metric: Double]] {
    let speeds: [GateRole: Double] = [.head: place.speed, .baseSlowed: 0.9]
    let level: Double = 1 + 0.2 * sin(Double(round))
    let speed: Double = (speeds[role] ?? 1) * level * wobble
    let memory: Double = (role == .head ? place.memory ?? 1 : 1) * wobble
    return [
      .time: [.throughput: 2e7 * speed, .throughputPerCPU: 1.9e7 * speed], .memory: [.residentPeak: 6.4e9 * memory],
    ]
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014), and sums of twelve numbers of it for a normal one.
  private struct Chance {
    var state: UInt64

    mutating func stir(_ number: UInt64) { state = next() ^ number }

    mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }

    private mutating func uniform() -> Double { Double(next() >> 11) / 0x1p53 }

    private mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }
}
