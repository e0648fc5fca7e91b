// SPDX-License-Identifier: MIT

import Foundation
import FoundationXML
import Results
import Testing

@testable import Reports

@Suite struct ReportPageTests {
  @Test("the summary has the ratios of all workloads to the base, and figures have names of their own")
  func summary() throws {
    let page = ReportScene.page(ReportScene.result())
    let text = page.render()
    #expect(
      text.contains("<li>fast ran 2.00 (1.98 to 2.02) times faster than system; it used 1.50 (1.48 to 1.51) times"))
    #expect(text.contains("<td class=\"n gain\" data-order=\""))
    #expect(
      text.contains("time pass, 8 rounds; memory pass, 8 rounds; each process fresh, touch page, loaded by dlopen"))
    #expect(text.contains("Processor 9000, 2 cores"))
    let names = page.figures.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      names.contains("frontier") && names.contains("throughput-ratios") && names.contains("memory-larson-2-threads"))
    #expect(names.contains("latency-malloc-phases-2-threads") && !names.contains { $0.hasPrefix("latency-free") })
  }

  @Test("the page loads nothing, and names the script that it may run")
  func selfContained() throws {
    let text = ReportScene.page(ReportScene.result()).render()
    for loading in ["http:", "https:", " src=", "url(", "@import", "<link", "<img", "<iframe"] {
      #expect(!text.contains(loading), "\(loading)")
    }
    let digest = try #require(ReportScript.policy)
    #expect(text.contains("default-src 'none';style-src 'unsafe-inline';script-src '\(digest)'\""))
    // 32 bytes are 43 digits and a sign that there are no more.
    #expect(digest.count == "sha256-".count + 44 && digest.hasSuffix("="))
  }

  @Test("names from files cannot become markup")
  func hostile() {
    let evil = #"</title><script>alert("x")</script><img src=x onerror='alert(1)'>&amp;"#
    var samples = ReportScene.samples(rounds: 6, workloads: [evil])
    for index in samples.indices where samples[index].arm.allocator == "fast" {
      samples[index].arm = Arm(allocator: evil, switches: #"a=</svg>;b=">"#)
      samples[index].library.path = "/tmp/<b>.so"
    }
    let result = ReportScene.result(samples, name: evil)
    let page = ReportPage([result], title: evil, command: "acebench report '\(evil)'")
    let text = page.render()
    #expect(!text.contains("alert(\"x\")") && !text.contains("<img") && !text.contains("<b>"))
    #expect(text.components(separatedBy: "<script>").count == 2)
    #expect(text.contains("&lt;/title&gt;&lt;script&gt;"))
    for figure in page.figures { #expect(Self.isWellFormed(figure.document), "\(figure.name)") }
  }

  @Test("every figure is a document of its own")
  func documents() {
    let page = ReportScene.page(ReportScene.result(), ReportScene.result(name: "again"))
    #expect(page.figures.count > 10)
    for figure in page.figures { #expect(Self.isWellFormed(figure.document), "\(figure.name)") }
  }

  private static func isWellFormed(_ document: String) -> Bool { XMLParser(data: .init(document.utf8)).parse() }

  @Test("what failed is in its place in the figures, in a table and at the head of the page")
  func failures() {
    var samples = ReportScene.samples(workloads: ["larson"])
    for round in 1...8 as ClosedRange<UInt32> {
      samples.append(
        ReportScene.sample("broken", [:], "larson", .time, round, outcome: Outcome(.crash, signal: 11)))
    }
    samples.append(ReportScene.sample("shaky", [.throughput: 5e6], "larson", .time, 1))
    samples.append(ReportScene.sample("shaky", [:], "larson", .time, 2, outcome: Outcome(.timeout)))
    let text = ReportScene.page(ReportScene.result(samples)).render()
    #expect(text.contains("<a href=\"#gaps\">9 processes did not finish, something was not run</a>"))
    #expect(text.contains(">crash (signal 11)</text>"))
    #expect(text.contains("shaky: 1 round ended by timeout"))
    #expect(text.contains("<td>larson, 2 threads</td><td>time</td><td class=\"n\" data-order=\"8.0\">8</td>"))
    #expect(text.contains("<li>larson, 2 threads, memory pass: broken, shaky</li>"))
    #expect(text.contains("no ratio: broken"))
  }

  @Test("where all is well the page says so")
  func complete() {
    let text = ReportScene.page(ReportScene.result()).render()
    #expect(text.contains("Nothing: every process finished, and every allocator ran on every workload in every pass."))
    #expect(!text.contains("did not finish<"))
  }

  @Test("passes that were not run leave their parts out, and the page says what runs them")
  func absent() {
    let samples = ReportScene.samples().filter { $0.pass == .time }
    let text = ReportScene.page(ReportScene.result(samples)).render()
    #expect(!text.contains("<section id=\"memory\">") && !text.contains("<section id=\"frontier\">"))
    #expect(text.contains("<section id=\"throughput\">"))
    for command in [
      "acebench sweep --pass memory -o FOLDER", "acebench sweep --pass latency", "acebench ablate WORKLOAD",
    ] {
      #expect(text.contains(command), "\(command)")
    }
    #expect(text.contains("no process was run for the memory pass (--pass memory)"))
  }

  @Test("few rounds have ranges for intervals, and are said to")
  func fewRounds() {
    let text = ReportScene.page(ReportScene.result(ReportScene.samples(rounds: 3))).render()
    #expect(text.contains("Dotted whiskers are the least and the greatest of so few rounds"))
    #expect(text.contains("class=\"over range\""))
    let one = ReportScene.page(ReportScene.result(ReportScene.samples(rounds: 1))).render()
    #expect(one.contains("There was one round, so that nothing can be said of how far it may be off."))
  }

  @Test("results side by side are named, and each is held against its own base")
  func sideBySide() {
    var slower = ReportScene.samples()
    for index in slower.indices where slower[index].pass == .time {
      slower[index].metrics[.throughput] = .real((slower[index].metrics[.throughput]?.double ?? 0) / 4)
    }
    let page = ReportScene.page(
      ReportScene.result(name: "old"), ReportScene.result(slower.filter { $0.cell.workload == "larson" }, name: "new"))
    let text = page.render()
    #expect(text.contains("<li>fast · old ran 2.00 (1.98 to 2.02) times faster than system · old; it used"))
    #expect(text.contains("<li>fast · new ran 2.00 (1.98 to 2.02) times faster than system · new; it used"))
    #expect(text.contains("new: not in this result: phases"))
    #expect(text.contains("class=\"mark hollow "))
  }

  @Test("another base turns the ratios round")
  func base() {
    let page = ReportPage([ReportScene.result()], command: "", base: { arms in arms.first { $0.allocator == "fast" } })
    #expect(page.render().contains("<li>system ran 2.00 (1.98 to 2.02) times slower than fast; it used"))
  }

  @Test("a mixture of plans has no ratios, and says why")
  func mixedPlans() {
    var samples = ReportScene.samples()
    for index in samples.indices where samples[index].round > 4 { samples[index].planHash = "other" }
    let text = ReportScene.page(ReportScene.result(samples)).render()
    #expect(text.contains("no ratios: rows of scene are of more than one plan"))
    #expect(text.contains("the rows are of 2 plans, mixed in what follows"))
    #expect(!text.contains("times faster than"))
  }
}
