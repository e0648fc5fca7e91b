// SPDX-License-Identifier: MIT

import Results
import Testing

/// Results made into pages by the program.
@Suite struct ReportTests {
  /// A sandbox with a sweep of all passes, eight rounds of time.
  static func swept() -> Sandbox {
    let sandbox = Sandbox()
    let experiment = SmallSweep.write(to: sandbox, timeRounds: 8)
    #expect(sandbox.run("sweep", experiment, "-o", "one", "-q").status == 0)
    return sandbox
  }

  @Test("a folder becomes a page with figures of all passes, and each figure a file")
  func page() {
    let sandbox = Self.swept()
    let ending = sandbox.run("report", "one", "-o", "page.html", "--svg", "figures")
    #expect(ending.status == 0 && ending.output == "")
    let names = sandbox.names(in: "figures")
    #expect(ending.errors == "note: the report is page.html\nnote: \(names.count) figures are in figures\n")
    for name in [
      "frontier", "throughput-ratios", "memory-random-mixed-1-thread", "timeline-producer-consumer-2-threads",
    ] {
      #expect(names.contains(name + ".svg"), "\(name)")
    }
    let page = sandbox.read("page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<h1>Allocators compared: one</h1>"))
    #expect(page.contains("<li>tiny ran "))
    #expect(page.contains("<section id=\"timelines\">") && page.contains("<section id=\"latency\">"))
    #expect(page.contains("env.jsonl, environment "))
    #expect(page.contains("<pre>acebench report one -o page.html --svg figures</pre>"))
    #expect(sandbox.read("figures/frontier.svg").hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "))
  }

  @Test("without -o the page goes to standard output, as text where that is asked for")
  func output() {
    let sandbox = Self.swept()
    let page = sandbox.run("report", "one")
    #expect(page.status == 0 && page.errors == "" && page.output.hasPrefix("<!DOCTYPE html>\n"))
    let text = sandbox.run("report", "one", "-f", "text", "--base", "tiny")
    #expect(text.status == 0 && text.errors == "")
    #expect(text.output.hasPrefix("producer-consumer, 2 threads\nallocator  throughput"))
    #expect(text.output.contains("█") && !text.output.contains("\u{1b}"))
    #expect(text.output.contains("\ngeometric means of ratios to tiny, with 95 % intervals\nallocator "))
    let figures = sandbox.run("report", "one", "--svg", "figures", "-q")
    #expect(figures.status == 0 && figures.output == "" && figures.errors == "")
    #expect(sandbox.exists("figures/frontier.svg"))
  }

  @Test("rows alone will do, and several results are named as was asked")
  func rowsAlone() throws {
    let sandbox = Self.swept()
    try CompareTests.copy("one/samples.csv", to: "rows.csv", in: sandbox) { _, _ in }
    let ending = sandbox.run("report", "one", "copy=rows.csv", "-w", "random-mixed", "-o", "-")
    #expect(ending.status == 0 && ending.errors == "")
    #expect(ending.output.contains("<h1>Allocators compared: one, copy</h1>"))
    #expect(ending.output.contains("tiny · copy") && !ending.output.contains("producer-consumer"))
    let alone = sandbox.run("report", "rows.csv", "--title", "Mine & yours")
    #expect(alone.output.contains("<title>Mine &amp; yours</title>"))
    #expect(alone.output.contains("There is no timeline.csv beside the rows"))
    #expect(alone.output.contains("There is no env.jsonl beside the rows"))
    let beside = sandbox.run("report", "one/samples.csv")
    #expect(beside.output.contains("<h1>Allocators compared: one</h1>"))
    #expect(!beside.output.contains("There is no timeline.csv beside the rows"))
  }

  @Test("effects of an ablation alone will do")
  func effects() {
    let sandbox = Sandbox()
    sandbox.write(
      "effects.csv", Self.effectsHeader + Self.effect("gain", 0.5, "0.48,0.52") + Self.effect("same", 1, ","))
    let page = sandbox.run("report", "effects.csv", "-o", "-")
    #expect(page.status == 0 && page.errors == "", "\(page.errors)")
    #expect(page.output.contains("<td class=\"n gain filled\" data-order=\"-0.5\">"))
    #expect(page.output.contains(">−50 %</text>"))
    let text = sandbox.run("report", "effects.csv", "-f", "text")
    #expect(text.output.contains("tiering: on against off"))
    sandbox.write("bad.csv", Self.effectsHeader + Self.effect("gain", 0, ","))
    let bad = sandbox.run("report", "bad.csv")
    #expect(bad.status == 64 && bad.errors == "error: row 2 of bad.csv cannot be used: '0.0' is no value of ratio\n")
  }

  static let effectsHeader =
    "workload,parameters,trace_sha256,threads_count,touch,kind,setting,with,without,other_setting,other_with,"
    + "other_without,metric,rounds_count,ratio,ratio_low,ratio_high,verdict,p,p_adjusted\n"

  static func effect(_ verdict: String, _ ratio: Double, _ interval: String) -> String {
    let setting = verdict == "gain" ? "tiering" : "warm-pool"
    return "drift,,,2,page,effect,\(setting),on,off,,,,rss_peak_bytes,9,\(ratio),\(interval),\(verdict),0.01,0.02\n"
  }

  @Test("a last row that was cut off is left out, and told on the terminal and the page")
  func cut() throws {
    let sandbox = Self.swept()
    let rows = sandbox.read("one/samples.csv")
    sandbox.write("cut.csv", String(rows.dropLast(40)))
    let ending = sandbox.run("report", "cut.csv", "-o", "-")
    #expect(ending.status == 0)
    #expect(ending.errors == "warning: the last row of cut.csv was cut off, and is left out\n")
    #expect(ending.output.contains("<p class=\"warning\">the last row of cut.csv was cut off, and is left out.</p>"))
    let rowCount = try sandbox.samples("one/samples.csv").count
    #expect(ending.output.contains(" · \(rowCount - 1) processes · "))
  }

  @Test("what is no result has one clear message")
  func badInput() throws {
    let sandbox = Self.swept()
    func errors(_ status: Int32, _ arguments: String...) -> String {
      let ending = sandbox.start(["report"] + arguments).wait()
      #expect(ending.status == status, "\(arguments): \(ending.errors)")
      #expect(ending.output == "")
      return ending.errors
    }
    #expect(
      errors(64)
        == "error: there is nothing to report on\nhelp: name a result: acebench report results/FOLDER -o report.html\n")
    #expect(errors(69, "missing") == "error: missing: No such file or directory (open)\n")
    #expect(
      errors(64, "tmp").hasPrefix(
        "error: tmp is no result: it has neither samples.csv nor effects.csv\nhelp: name the "))
    #expect(errors(64, "small.json5").hasPrefix("error: "))
    #expect(errors(64, "one", "one") == "error: one is given twice\n")
    #expect(
      errors(64, "one/timeline.csv").hasPrefix(
        "error: one/timeline.csv has timelines, and not the rows that they belong to"))
    let rows = sandbox.read("one/samples.csv").split(separator: "\n", omittingEmptySubsequences: false)
    sandbox.write("header.csv", rows[0] + "\n")
    #expect(errors(64, "header.csv").hasPrefix("error: header.csv has no rows\nhelp: "))
    sandbox.write("short.csv", rows[0] + "\n" + rows[1].prefix(40) + "\n")
    #expect(errors(64, "short.csv").hasPrefix("error: row 2 of short.csv cannot be used: it has "))
    try CompareTests.copy("one/samples.csv", to: "failed.csv", in: sandbox) { sample, _ in
      sample.outcome = Outcome(.crash, signal: 11)
      sample.metrics = MetricValues()
    }
    #expect(
      errors(12, "failed.csv").hasPrefix(
        "error: no process of failed.csv finished: there is nothing to draw\nnote: it has "))
    #expect(
      errors(64, "one", "--base", "tinny")
        == "error: one has no allocator 'tinny'\nhelp: did you mean 'tiny'?\nhelp: it has system, tiny, null\n")
    #expect(
      errors(64, "one", "-w", "randommixed").hasPrefix(
        "error: no row is of a workload called 'randommixed'\nhelp: did you mean 'random-mixed'?\n"))
    #expect(
      errors(69, "one", "-o", "nowhere/page.html").hasPrefix("error: nowhere/page.html: No such file or directory"))
  }
}
