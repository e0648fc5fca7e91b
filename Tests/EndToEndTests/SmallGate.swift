// SPDX-License-Identifier: MIT

import Glibc
import Results

/// A gate that takes a second or two: two small cells, few rounds.
enum SmallGate {
  static let workloads = ["tiny-hot:64,100,200", "random-mixed:20000,50"]
  static let screenCount = 6
  static let confirmCount = 12

  /// Writes its file into a sandbox.
  ///
  /// - Parameters:
  ///   - cells: As JSON5.
  ///   - settings: Further ones, as JSON5.
  ///   - rounds: Of the first stage.
  @discardableResult
  static func write(
    to sandbox: Sandbox, _ name: String = "gate.json5", cells: String? = nil, settings: String = "",
    controls: Bool = false, rounds: Int = screenCount
  ) -> String {
    sandbox.write(
      name,
      """
      {
        name: 'small',
        cells: [\(cells ?? workloads.map { "'\($0)'" }.joined(separator: ", "))],
        metrics: ['throughput'],
        controls: \(controls),
        screen: { minimum: \(rounds), maximum: \(rounds), step: 2 },
        confirm: { minimum: \(confirmCount), maximum: \(confirmCount), step: 2 },
        repeats: 10,
        warmups: 0,
        seed: 7,
        \(settings)
      }
      """)
  }

  /// The options of a gate of the C library's malloc with itself, by the file in the sandbox.
  static let same = ["gate", "--base", "system", "--head", "system", "--config", "gate.json5"]

  /// What a head that takes ten times as long adds: no machine makes up for that.
  static let slowed = ["--inject-slowdown", "9"]

  /// Runs it into `live`, with a head that takes ten times as long.
  static func regressed(_ sandbox: Sandbox) -> Ending {
    write(to: sandbox)
    return sandbox.start(same + slowed + ["-o", "live", "-q"]).wait()
  }

  /// Makes of `live` a copy in which the head has `headSpeed` times the speed of the base in every round: what is looked
  /// at is what becomes of rows, not the machine.
  static func rewrite(
    _ copy: String, in sandbox: Sandbox, headSpeed: Double = 1,
    _ change: (inout Sample, _ row: Int) -> Void = { _, _ in }
  ) throws {
    mkdir(sandbox.path(copy), 0o755)
    sandbox.write("\(copy)/gate.json", sandbox.read("live/gate.json"))
    unlink(sandbox.path("\(copy)/samples.csv"))
    try CompareTests.copy("live/samples.csv", to: "\(copy)/samples.csv", in: sandbox) { sample, row in
      // A different figure for each round, the same for both arms.
      let speed = 1e6 * (1 + Double(sample.round) / 64)
      sample.metrics[.throughput] = .real(sample.arm.allocator == "head" ? speed * headSpeed : speed)
      change(&sample, row)
    }
  }
}
