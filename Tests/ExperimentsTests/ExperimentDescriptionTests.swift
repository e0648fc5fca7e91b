// SPDX-License-Identifier: MIT

import Experiments
import TestSupport
import Testing

@Suite("An experiment file")
struct ExperimentDescriptionTests {
  private let folder = TemporaryFolder()

  private func read(_ text: String) throws -> ExperimentDescription {
    try ExperimentDescription(path: folder.write("experiment.json5", Array(text.utf8)))
  }

  @Test("leaves the defaults of what it does not name")
  func defaults() throws {
    #expect(try read("{}") == ExperimentDescription())
    var expected = ExperimentDescription()
    expected.threads = [1, 4]
    #expect(try read("{threads: [1, 4]}") == expected)
  }

  @Test("is JSON5: comments, bare names, single quotes, trailing commas")
  func json5() throws {
    let description = try read(
      """
      // What we run at night.
      {
        name: 'night',
        allocators: ['system', 'mine=/usr/lib/libmine.so:my_',],
        workloads: ['larson:2000000,1000', 'traces/build.acetrace', '/data/other.acetrace'],
        rounds: { time: 30, memory: 5 }, /* no latency */
        switches: { reuse: ['on', 'off'], conf: ['tuned/ace.conf', '/etc/ace.conf'] },
        timeLimitSeconds: 1.5, originalSpeed: true, processors: [0, 2],
      }
      """)
    #expect(description.name == "night")
    #expect(description.allocators == ["system", "mine=/usr/lib/libmine.so:my_"])
    #expect(description.rounds == ["time": 30, "memory": 5])
    let files = [folder.file("tuned/ace.conf"), "/etc/ace.conf"]
    #expect(description.switches == ["reuse": ["on", "off"], "conf": files])
    #expect(description.timeLimitSeconds == 1.5)
    #expect(description.originalSpeed)
    #expect(description.processors == [0, 2])
    // Paths are the file's, not the shell's.
    let expected = ["larson:2000000,1000", folder.file("traces/build.acetrace"), "/data/other.acetrace"]
    #expect(description.workloads == expected)
  }

  @Test(
    "that is wrong is refused with the place",
    arguments: [
      ("{thread: [1]}", "thread"), ("{rounds: {time: 'many'}}", "rounds.time"), ("{seed: 'one'}", "seed"),
      ("{name: 3}", "name"), ("[]", ""), ("{", ""), ("", ""),
    ])
  func malformed(text: String, place: String) {
    #expect {
      _ = try read(text)
    } throws: { error in
      guard case ExperimentError.malformedExperiment(let path, let reason) = error else { return false }
      return path == folder.file("experiment.json5") && reason.contains(place) && !reason.isEmpty
    }
  }

  @Test("that does not exist is refused")
  func missing() {
    #expect(throws: ExperimentError.malformedExperiment(path: "/nowhere.json5", reason: "it cannot be read")) {
      try ExperimentDescription(path: "/nowhere.json5")
    }
  }
}
