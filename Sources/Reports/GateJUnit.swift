// SPDX-License-Identifier: MIT

import Comparison

/// A gate's report as JUnit XML, which GitLab, Jenkins, Buildkite and others read. There is a suite for each metric,
/// as a metric has margins and a correction of its own for many cells, and a case for each cell and for their mean.
public struct GateJUnit: Sendable {
  /// Whether what is inconclusive counts as a failure rather than as skipped.
  public var failsInconclusive: Bool

  public init(failsInconclusive: Bool = false) { self.failsInconclusive = failsInconclusive }

  private struct Suite {
    var name: String
    var cases: [XMLElement]

    /// How many cases have a child of that name.
    func count(_ child: String) -> Int { cases.count { $0.children.contains { $0.name == child } } }
  }

  /// The document in lines, the last one ended as well.
  public func render(_ report: GateReport) -> String {
    let suites = [reasons(report)].compactMap { $0 } + GateMetric.allCases.compactMap { suite($0, report) }
    let attributes = { (name: String, suites: [Suite]) -> [(name: String, value: String)] in
      [("name", name), ("tests", "\(suites.reduce(0) { $0 + $1.cases.count })")]
        + [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")].map { attribute, child in
          (attribute, "\(suites.reduce(0) { $0 + $1.count(child) })")
        }
    }
    let elements = suites.map { suite in
      var all = attributes(suite.name, [suite])
      if !report.facts.began.isEmpty { all.append(("timestamp", report.facts.began)) }
      return XMLElement(name: "testsuite", attributes: all, children: suite.cases)
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + XMLElement(name: "testsuites", attributes: attributes("acebench gate", suites), children: elements).render()
  }

  private func reasons(_ report: GateReport) -> Suite? {
    guard report.verdict == .invalid || report.verdict == .error else { return nil }
    let error = XMLElement(
      name: "error",
      attributes: [
        ("type", report.verdict == .invalid ? "invalid" : "error"),
        ("message", report.reasons.isEmpty ? GateSentences(report).headline : report.reasons.joined(separator: "\n")),
      ])
    return Suite(name: "gate", cases: [Self.testCase("the comparison means something", "gate", [error])])
  }

  private func suite(_ metric: GateMetric, _ report: GateReport) -> Suite? {
    let findings = (report.findings + report.suites).filter { $0.metric == metric && $0.verdict != .reported }
    guard !findings.isEmpty else { return nil }
    let cases = findings.map { finding in
      Self.testCase(
        finding.title, metric.rawValue, [Self.properties(finding)] + [outcome(finding)].compactMap { $0 })
    }
    return Suite(name: metric.rawValue, cases: cases)
  }

  private func outcome(_ finding: GateFinding) -> XMLElement? {
    let figures = "\(finding.meaning): \(finding.ratioWords) in \(finding.roundCount) rounds"
    func element(_ name: String, type: String? = nil, _ message: String) -> XMLElement {
      XMLElement(name: name, attributes: (type.map { [("type", $0)] } ?? []) + [("message", message)])
    }
    switch finding.verdict {
    case .regress: return element("failure", type: "regression", figures)
    case .inconclusive where failsInconclusive:
      return element("failure", type: "inconclusive", "inconclusive; \(finding.needWords); \(figures)")
    case .inconclusive: return element("skipped", "inconclusive; \(finding.needWords)")
    case .ignored: return element("skipped", finding.ignoreReason ?? "ignored")
    case .pass, .reported: return nil
    }
  }

  private static func properties(_ finding: GateFinding) -> XMLElement {
    let numbers: [(name: String, value: String?)] = [
      ("cell", finding.cellIdentifier), ("verdict", finding.verdict.rawValue),
      ("ratio", finding.ratio?.description), ("ratio_low", finding.lowRatio?.description),
      ("ratio_high", finding.highRatio?.description), ("probability", finding.probability?.description),
      ("adjusted_probability", finding.adjustedProbability?.description), ("rounds", "\(finding.roundCount)"),
      ("rounds_needed", finding.roundsNeeded?.description), ("tolerate", finding.margins?.tolerate.description),
      ("detect", finding.margins?.detect.description), ("base_median", finding.baseMedian?.description),
      ("head_median", finding.headMedian?.description), ("unit", finding.metric.metric.unit.rawValue),
    ]
    return XMLElement(
      name: "properties",
      children: numbers.compactMap { number in
        number.value.map { XMLElement(name: "property", attributes: [("name", number.name), ("value", $0)]) }
      })
  }

  private static func testCase(_ name: String, _ family: String, _ children: [XMLElement]) -> XMLElement {
    XMLElement(
      name: "testcase", attributes: [("classname", "acebench.gate.\(family)"), ("name", name)], children: children)
  }
}
