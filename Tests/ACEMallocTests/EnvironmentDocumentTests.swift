// SPDX-License-Identifier: MIT

import Testing

/// docs/environment.md says what the libraries do.
@Suite struct EnvironmentDocumentTests {
  @Test("every knob that the source has is documented, and no other")
  func names() {
    let names = SourceFile.text("Sources/ACE/Settings/Knob.swift").matches(of: /case \.\w+: "([^"]+)"/)
      .map { String($0.output.1) }
    #expect(!names.isEmpty)
    #expect(DocumentedKnob.all.map(\.name) == names)
  }

  @Test("a knob's default and range are the documented ones", arguments: DocumentedKnob.all, Library.allCases)
  func knob(_ knob: DocumentedKnob, _ library: Library) {
    let ending = MallocProgram("knobs.c").run([knob.name, "\(knob.greatest)"], under: library)
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    #expect(
      ending.output == """
        default \(knob.initial)
        least set, is 0
        greatest set, is \(knob.greatest)
        beyond ERANGE, is \(knob.greatest)

        """)
  }

  @Test("a knob that there is not is ENOENT", arguments: ["", "purge-delay", "purge-delay-ms2"], Library.allCases)
  func unknown(_ name: String, _ library: Library) {
    #expect(MallocProgram("knobs.c").run([name, "1"], under: library).output == "default ENOENT\n")
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
