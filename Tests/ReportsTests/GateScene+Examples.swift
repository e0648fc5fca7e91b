// SPDX-License-Identifier: MIT

import Comparison
import Results

extension GateScene {
  /// Four cells, of which one is faster and one smaller.
  static var improved: GateScene {
    var scene = GateScene(places: unchanged.map { Place(title: $0, memory: 1) })
    scene.places[1].speed = 1.08
    scene.places[3].memory = 0.8
    scene.hasControls = true
    return scene
  }

  /// Four cells, of which two are slower, and one of these bigger.
  static var regressed: GateScene {
    var scene = GateScene(places: unchanged.map { Place(title: $0, memory: 1) })
    scene.places[0].speed = 0.94
    scene.places[2].speed = 0.9
    scene.places[2].memory = 1.2
    return scene
  }

  /// One cell that scatters too much for the rounds that it gets.
  static var inconclusive: GateScene {
    var scene = GateScene(places: unchanged.map { Place(title: $0) })
    scene.places[2].speed = 0.97
    scene.places[2].scatter = 0.15
    return scene
  }

  /// A machine that changes after the fifth round.
  static var moved: GateScene {
    GateScene(places: unchanged.map { Place(title: $0) }) { sample in
      if sample.round > 5 { sample.environment.identifier = "ba9876543210" }
    }
  }

  /// A head that crashes in the seventh round of one cell.
  static var crashed: GateScene {
    GateScene(places: unchanged.map { Place(title: $0) }) { sample in
      if sample.cell.identifier == "cell-1", sample.round == 7, sample.arm.allocator == "head" {
        sample.outcome = Outcome(.crash, signal: 11)
      }
    }
  }

  /// A cell that is slower and does not count.
  static var ignored: GateScene {
    var scene = GateScene(places: unchanged.map { Place(title: $0) })
    scene.places[3].speed = 0.8
    scene.places[3].ignore = GateIgnore(reason: "rewritten next week | #12", until: "2026-02-01")
    return scene
  }

  /// Many cells, all of them slower; with `scatter`, undecided instead.
  static func many(_ count: Int, speed: Double = 0.9, scatter: Double = 0.01) -> GateScene {
    var scene = GateScene(
      places: (1...count).map { Place(title: "workload \($0), 2 threads", speed: speed, scatter: scatter) })
    scene.confirm = StageLimits(minimum: 12, maximum: 14)
    return scene
  }

  /// Titles that mean something to terminals, tables, pages, workflows and parsers.
  static let hostileTitles = [
    "a|b\\|c", "</details><script>alert(1)</script>", "R&D \"quoted\" 'single'", "two\nlines\r\nthree\u{2028}four",
    "100 % ::error title=x,y::z %0A", "🧵👩‍👩‍👧 wide 漢字", "\u{1b}[31mred\u{0}\u{7}\u{202e}turned",
    "@everyone *bold* `code` [a](b) #1",
    String(repeating: "long ", count: 60) + "end",
  ]

  static var hostile: GateScene {
    var scene = GateScene(places: hostileTitles.map { Place(title: $0, speed: 0.9) })
    scene.places[2].speed = 0.96
    scene.places[2].scatter = 0.15
    scene.places[3].ignore = GateIgnore(reason: "a|b\n<b>&\"::", until: "2026-02-01")
    return scene
  }
}
