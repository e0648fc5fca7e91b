// SPDX-License-Identifier: MIT

import Experiments
import Testing

@Suite("Switches")
struct SwitchCombinationsTests {
  @Test("every combination of values is an arm, names in order")
  func combinations() {
    #expect(SwitchCombinations.all(of: [:]) == [""])
    #expect(SwitchCombinations.all(of: ["reuse": ["on", "off"]]) == ["reuse=on", "reuse=off"])
    #expect(
      SwitchCombinations.all(of: ["tags": ["0", "1"], "reuse": ["on", "off"], "empty": []])
        == ["reuse=on;tags=0", "reuse=on;tags=1", "reuse=off;tags=0", "reuse=off;tags=1"])
    let many = SwitchCombinations.all(of: ["a": ["1", "2", "3"], "b": ["1", "2"], "c": ["1", "2", "3", "4"]])
    #expect(Set(many).count == 24)
  }

  @Test("are read as a name and its values")
  func parsing() throws {
    #expect(try SwitchCombinations.parse("reuse=on").values == ["on"])
    let several = try SwitchCombinations.parse("reuse=on,off,a=b")
    #expect(several.name == "reuse")
    #expect(several.values == ["on", "off", "a=b"])
  }

  @Test("of another form are refused", arguments: ["", "reuse", "=on", "reuse=", "reuse=on,", "reuse=,off"])
  func malformed(text: String) {
    #expect(throws: ExperimentError.malformedSwitch(text: text)) { try SwitchCombinations.parse(text) }
  }
}
