// SPDX-License-Identifier: MIT

import Testing

/// docs/environment.md says what the libraries do.
@Suite struct EnvironmentDocumentTests {
  @Test("every knob that the source has is documented, and no other")
  func names() {
    let names = SourceFile.text("Sources/ACE/Settings/Knob.swift").matches(of: /name: "([^"]+)"/)
      .map { String($0.output.1) }
    #expect(!names.isEmpty)
    #expect(DocumentedKnob.all.map(\.name) == names)
  }

  @Test("a knob's default and range are the documented ones", arguments: DocumentedKnob.all, Library.allCases)
  func knob(_ knob: DocumentedKnob, _ library: Library) {
    let ending = MallocProgram("knobs.c").run([knob.name, "\(knob.least)", "\(knob.greatest)"], under: library)
    let below = knob.least == 0 ? "" : "below ERANGE, is \(knob.least)\n"
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    #expect(
      ending.output == """
        default \(knob.initial)
        least set, is \(knob.least)
        \(below)greatest set, is \(knob.greatest)
        beyond ERANGE, is \(knob.greatest)

        """)
  }

  @Test("every switch that the source has is documented with its profiles, and no other")
  func switches() {
    let names = SourceFile.text("Sources/ACE/Policies/Switch.swift").matches(of: /case \.\w+: "([^"]+)"/)
      .map { String($0.output.1) }
    #expect(!names.isEmpty)
    let rows = DocumentedTable.rows(under: "## Switches")
    #expect(rows.map(\.first) == names)
    for (column, profile) in ["full", "balanced", "conservative"].enumerated() {
      for row in rows {
        let ending = MallocProgram("switches.c").run([row[0]], under: .prefix, settings: ["ACE_PROFILE=\(profile)"])
        #expect(ending.output == "\(row[column + 1])\n", "\(row[0]) of \(profile)")
      }
    }
  }

  @Test("a knob that there is not is ENOENT", arguments: ["", "purge-delay", "purge-delay-ms2"], Library.allCases)
  func unknown(_ name: String, _ library: Library) {
    #expect(MallocProgram("knobs.c").run([name, "1", "1"], under: library).output == "default ENOENT\n")
  }

  @Test("ACE_POLICY takes a knob's greatest value, and no greater", arguments: DocumentedKnob.all, Library.allCases)
  func policy(_ knob: DocumentedKnob, _ library: Library) {
    let greeting = MallocProgram("greeting.c")
    #expect(greeting.run(under: library, settings: ["ACE_POLICY=\(knob.name)=\(knob.greatest)"]).errors == "")
    let beyond = greeting.run(under: library, settings: ["ACE_POLICY=\(knob.name)=\(knob.greatest + 1)"])
    #expect(beyond.errorLines.count == 1)
    #expect(beyond.errors.contains(knob.name))
  }

  @Test("every variable that the source knows is documented, and no other")
  func variables() {
    let known = SourceFile.text("Sources/ACE/Settings/Settings.swift").matches(of: /== "(ACE_[A-Z_]+)"/)
      .map { String($0.output.1) }
    #expect(!known.isEmpty)
    #expect(DocumentedTable.rows(under: "## Variables").map(\.first) == known)
  }

  @Test("every function of ace.h is documented")
  func functions() {
    let exported = SourceFile.text("Sources/ACEMalloc/exports.map").matches(of: /(ace_\w+);/).map { $0.output.1 }
    #expect(!exported.isEmpty)
    for name in exported { #expect(DocumentedTable.text.contains("`\(name)")) }
  }

  @Test("the documented messages are those of the gate")
  func messages() {
    let source = ["Diagnosis", "RedZone"].map { SourceFile.text("Sources/ACE/Check/\($0).swift") }.joined()
    let causes = source.matches(of: /fail\("([^"]+)"/).map { String($0.output.1) }
    #expect(!causes.isEmpty)
    let documented = DocumentedTable.rows(under: "## ACE_CHECK").compactMap(\.first)
    for cause in causes { #expect(documented.contains { $0.hasPrefix(cause) }) }
    for message in documented { #expect(causes.contains { message.hasPrefix($0) }) }
  }
}
