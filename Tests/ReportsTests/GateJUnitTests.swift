// SPDX-License-Identifier: MIT

import Comparison
import Foundation
import FoundationXML
import Reports
import Testing

@Suite struct GateJUnitTests {
  /// Every element with its attributes and the names of those around it, as libxml2 reads them.
  final class Reader: NSObject, XMLParserDelegate {
    struct Element: Equatable {
      var path: [String]
      var attributes: [String: String]
    }

    var elements: [Element] = []
    private var path: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      path.append(name)
      elements.append(Element(path: path, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      path.removeLast()
    }

    /// Elements of a name, in their order.
    func attributes(of name: String) -> [[String: String]] {
      elements.filter { $0.path.last == name }.map(\.attributes)
    }
  }

  static func read(_ report: GateReport, failsInconclusive: Bool = false) throws -> Reader {
    let text = GateJUnit(failsInconclusive: failsInconclusive).render(report)
    let parser = XMLParser(data: Data(text.utf8))
    let reader = Reader()
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader
  }

  static func counts(_ attributes: [String: String]?) -> [String?] {
    ["name", "tests", "failures", "errors", "skipped"].map { attributes?[$0] }
  }

  @Test("a suite for each metric, a case for each cell and the mean, a failure for each loss")
  func regress() throws {
    let reader = try Self.read(GateScene.regressed.report())
    #expect(Self.counts(reader.attributes(of: "testsuites").first) == ["acebench gate", "10", "5", "0", "0"])
    #expect(
      reader.attributes(of: "testsuite").map(Self.counts) == [
        ["throughput", "5", "3", "0", "0"], ["peak-rss", "5", "2", "0", "0"],
      ])
    #expect(reader.attributes(of: "testsuite").first?["timestamp"] == "2026-01-02T03:04:05Z")
    #expect(
      reader.attributes(of: "testcase").prefix(5).map { $0["name"] } == GateScene.unchanged + ["mean of 4 cells"])
    #expect(
      reader.attributes(of: "failure").first
        == ["type": "regression", "message": "6.1 % slower: 0.939 (0.934 to 0.947) in 12 rounds"])
    let properties = reader.attributes(of: "property").prefix(13)
    #expect(properties.first { $0["name"] == "rounds" }?["value"] == "12")
    #expect(properties.first { $0["name"] == "tolerate" }?["value"] == "0.02")
  }

  @Test("what is inconclusive is skipped, or fails where that is asked for")
  func inconclusive() throws {
    let report = GateScene.inconclusive.report()
    let lenient = try Self.read(report)
    #expect(Self.counts(lenient.attributes(of: "testsuites").first) == ["acebench gate", "5", "0", "0", "1"])
    #expect(lenient.attributes(of: "skipped") == [["message": "inconclusive; needs 305 rounds"]])
    let strict = try Self.read(report, failsInconclusive: true)
    #expect(Self.counts(strict.attributes(of: "testsuites").first) == ["acebench gate", "5", "1", "0", "0"])
    #expect(strict.attributes(of: "failure").first?["type"] == "inconclusive")
  }

  @Test("why a gate is INVALID or ERROR is an error of its own")
  func reasons() throws {
    var report = GateScene.moved.report()
    report.reasons.append("second")
    let reader = try Self.read(report)
    #expect(Self.counts(reader.attributes(of: "testsuites").first) == ["acebench gate", "6", "0", "1", "0"])
    #expect(reader.attributes(of: "error").first?["type"] == "invalid")
    #expect(reader.attributes(of: "error").first?["message"] == report.reasons.joined(separator: "\n"))
    #expect(try Self.read(GateScene.crashed.report()).attributes(of: "error").first?["type"] == "error")
  }

  @Test("what is ignored is skipped for its reason")
  func ignored() throws {
    let reader = try Self.read(GateScene.ignored.report())
    #expect(reader.attributes(of: "skipped") == [["message": "rewritten next week | #12"]])
  }

  @Test("a parser reads titles back as they were, but for what XML cannot hold")
  func hostile() throws {
    let reader = try Self.read(GateScene.hostile.report())
    let expected = GateScene.hostileTitles.map { title in
      String(
        String.UnicodeScalarView(
          title.unicodeScalars.map { ["\u{1b}", "\u{0}", "\u{7}"].contains($0) ? "\u{fffd}" : $0 }))
    }
    #expect(reader.attributes(of: "testcase").map { $0["name"] } == expected + ["mean of 8 cells"])
    #expect(reader.attributes(of: "skipped").contains(["message": "a|b\n<b>&\"::"]))
  }
}
