// SPDX-License-Identifier: MIT

import TestSupport
import Testing

/// A page of a real sweep in a real browser.
@Suite(.enabled(if: Browser.path != nil, "chromium must be installed: scripts/bootstrap.sh --programs"))
struct ReportBrowserTests {
  private func reported() -> Sandbox {
    let sandbox = ReportTests.swept()
    #expect(sandbox.run("report", "one", "-o", "page.html", "-q").status == 0)
    return sandbox
  }

  @Test("the browser tells of errors in scripts and of refused ones, so that silence means something")
  func instrument() {
    let sandbox = Sandbox()
    sandbox.write("wrong.html", "<!DOCTYPE html><script>nothing.here()</script>")
    #expect(
      Browser.console(Browser.open("wrong.html", ["--dump-dom"], in: sandbox)).contains { $0.contains("nothing") })
    sandbox.write(
      "refused.html",
      "<!DOCTYPE html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><script>1</script>")
    #expect(!Browser.console(Browser.open("refused.html", ["--dump-dom"], in: sandbox)).isEmpty)
  }

  @Test("the page's script runs, without a word on the console")
  func script() {
    let sandbox = reported()
    let ending = Browser.open("page.html", ["--dump-dom"], in: sandbox)
    #expect(ending.status == 0)
    #expect(Browser.console(ending) == [])
    // What the script adds, and what it takes away.
    #expect(ending.output.contains("<div id=\"tip\" hidden=\"\"></div>"))
    #expect(ending.output.contains("tabindex=\"0\""))
    let page = sandbox.read("page.html")
    #expect(page.contains("<title>tiny") && !ending.output.contains("<title>tiny"))
    #expect(ending.output.contains("aria-label=\"tiny"))
  }

  /// The colours that `PlotStyleSheet` has for the paper and for the C library's malloc.
  @Test(
    "the page is drawn, light and dark",
    arguments: [(Browser.Scheme.light, 0xffffff, 0x4c5561), (.dark, 0x12161b, 0xb4bdc9)])
  func screenshot(scheme: Browser.Scheme, paper: UInt32, system: UInt32) throws {
    let sandbox = reported()
    let ending = Browser.open(
      "page.html", ["--window-size=1000,1400", "--screenshot=" + sandbox.path("page.png")], scheme, in: sandbox)
    #expect(ending.status == 0 && Browser.console(ending) == [])
    let bytes = TextFile.bytes(sandbox.path("page.png"))
    let image = try #require(Screenshot(bytes), "\(bytes.count) bytes are no screenshot")
    #expect(image.width == 1000 && image.height >= 1300)
    let counts = image.counts
    let share = Double(counts[paper] ?? 0) / Double(image.pixels.count)
    #expect(share > 0.5 && share < 0.99, "\(share) of the page is paper")
    #expect((counts[system] ?? 0) > 50, "marks of the system's allocator are missing")
    #expect(counts.count > 100)
  }
}
