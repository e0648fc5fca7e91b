// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@testable import Profiling

/// What the script of a flamegraph does, in a browser without a window. The address says what is shown.
@Suite(
  "A flamegraph in a browser",
  .enabled(if: CompiledProgram.isInstalled("chromium"), "chromium must be installed: scripts/bootstrap.sh --programs"),
  .serialized)
struct FlamegraphBrowserTests {
  private static func profile() -> StackProfile {
    var profile = StackProfile(measures: [ProfileMeasure(name: "cycles", unit: .count)])
    let stacks: KeyValuePairs = [
      ["main", "parse", "malloc"]: 20, ["main", "parse"]: 20, ["main", "run", "malloc"]: 30, ["main", "run"]: 20,
      ["main", "run", "malloc", "malloc_slow"]: 10,
    ]
    for (stack, value) in stacks {
      profile.add(stack: stack.map { profile.index(of: StackFrame(function: $0)) }, values: [Int64(value)])
    }
    profile.title = "sqlite3 on ace"
    return profile
  }

  /// The document as it is when the browser has run its script.
  private static func shown(_ address: String, script: String = "") throws -> String {
    let folder = TemporaryFolder()
    let output = ProfileOutput()
    Flamegraph(profile()).write(to: output)
    var text = String(decoding: try output.finish(), as: UTF8.self)
    if !script.isEmpty { text = text.replacing("</svg>", with: "<script><![CDATA[\(script)]]></script></svg>") }
    folder.write("flame.svg", Array(text.utf8))
    let command =
      "timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir='\(folder.path)/profile'"
      + " --dump-dom 'file://\(folder.path)/flame.svg\(address)' 2>/dev/null"
    let document = CompiledProgram.shell(command).output
    _ = CompiledProgram.shell("rm -rf '\(folder.path)/profile'")
    try #require(document.contains("<svg"), "the browser has shown nothing")
    return document
  }

  private static func matched(_ document: String) -> Substring? {
    guard let start = document.firstRange(of: "class=\"matched\"") else { return nil }
    return document[start.upperBound...].drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
  }

  /// The width, in the document, of the frames of a name that are shown.
  private static func widths(_ name: String, _ document: String) -> [Double] {
    document.split(separator: "<g").filter { $0.contains("<title>\(name)\n") && !$0.contains("display: none") }
      .compactMap { group in
        group.firstRange(of: "width=\"").flatMap { Double(group[$0.upperBound...].prefix { $0 != "\"" }) }
      }
  }

  @Test("searches, and counts what stands on a match once")
  func search() throws {
    let document = try Self.shown("#search=^malloc")
    #expect(Self.matched(document) == "matched 60.0 % of all: ^malloc")
    #expect(document.split(separator: "class=\"found\"").count - 1 == 3)
  }

  @Test("zooms into a frame, over the whole width, and searches in what is shown")
  func zoom() throws {
    // all, main, parse, malloc, run, malloc, malloc_slow, in the order of the names.
    let document = try Self.shown("#frame=4&search=MALLOC|malloc_slow")
    #expect(Self.widths("run", document) == [1180])
    #expect(Self.widths("main", document) == [1180])
    #expect(Self.widths("parse", document).isEmpty)
    #expect(abs((Self.widths("malloc", document).first ?? 0) - 1180 * 40 / 60) < 0.1)
    #expect(Self.matched(document)?.hasPrefix("matched 16.7 % of what is shown") == true)
  }

  @Test("takes a click for zoom, and another on the button for the whole")
  func clicks() throws {
    let click =
      "document.querySelectorAll('.frames > g')[2].querySelector('rect').dispatchEvent(new MouseEvent('click', {bubbles: true}));"
    let zoomed = try Self.shown("", script: click)
    #expect(Self.widths("parse", zoomed) == [1180])
    #expect(Self.widths("run", zoomed).isEmpty)
    let restored = try Self.shown(
      "", script: click + "document.querySelector('.reset').dispatchEvent(new MouseEvent('click', {bubbles: true}));")
    #expect(Self.widths("run", restored) == [708])
  }

  @Test("says so when what is looked for is no expression")
  func wrongExpression() throws {
    #expect(Self.matched(try Self.shown("#search=%5B")) == "not a regular expression: [")
  }
}
