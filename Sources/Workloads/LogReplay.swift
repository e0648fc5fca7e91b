// SPDX-License-Identifier: MIT

/// Write-ahead records kept in chains for each page until they are folded into the page.
enum LogReplay {
  static let operations = WorkloadParameter(
    "operations", default: 2_000_000, in: 2...1_000_000_000, "calls in all, divided over the threads")
  static let pages = WorkloadParameter("pages", default: 4000, in: 1...1_000_000, "pages, over all threads")
  static let window = WorkloadParameter(
    "window", default: 50000, in: 1...10_000_000, "records behind the newest that nothing may trim, over all threads")
  static let fold = WorkloadParameter(
    "fold", default: 16, in: 1...1000, "records of a page behind the watermark that are folded into a new page image")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 512, in: minimumSize...(1 << 20), unit: .bytes, "largest record; the smallest is 32 bytes")
  static let exponent = WorkloadParameter(
    fraction: "exponent", default: 0.8, in: 0...4,
    "how unequal pages are: rank k is written to in proportion to 1 / k^exponent")
  private static let minimumSize = 32
  static let imageSize = 8192
  static let imageAlignmentShift: UInt8 = 12

  static let workload = Workload(
    name: "log-replay",
    summary:
      "records appended to chains of many pages and trimmed in order of age, with aligned page images between them",
    origin:
      "the shape of a database's storage node that keeps versions behind a watermark; 8 KiB pages as in PostgreSQL; "
      + "other numbers are chosen here",
    parameters: [operations, pages, window, fold, maximumSize, exponent]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      let pageCount = max(1, settings.share(of: pages, thread: thread))
      return Script(
        thread: UInt32(thread), random: settings.random(thread: thread),
        popularity: ZipfDistribution(count: pageCount, exponent: settings.fraction(exponent)),
        sizes: minimumSize...settings.integer(maximumSize), window: settings.share(of: window, thread: thread),
        fold: settings.integer(fold), remainingRecords: settings.share(of: operations, thread: thread) / 2,
        pages: [Page](repeating: Page(), count: pageCount))
    }
    try emitter.interleave(&scripts)
  }

  private struct Page {
    /// The page as of its last fold, 0 before the first.
    var image: UInt64 = 0
    /// Records since, oldest first.
    var records: [UInt64] = []
    /// How many of them lie behind the watermark.
    var trimmableCount = 0
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let popularity: ZipfDistribution
    let sizes: ClosedRange<Int>
    let window: Int
    let fold: Int
    var remainingRecords: Int
    var pages: [Page]
    /// The pages of the records before the watermark moves past them, oldest first.
    var log = NumberQueue()

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      guard remainingRecords > 0 else { return try drain(&emitter) }
      remainingRecords -= 1
      let page = popularity.next(&random)
      pages[page].records.append(try emitter.malloc(random.uniform(in: sizes), by: thread))
      log.append(UInt64(page))
      if log.count > window {
        let trimmed = Int(log.removeFirst())
        pages[trimmed].trimmableCount += 1
        if pages[trimmed].trimmableCount == fold { try foldRecords(of: trimmed, &emitter) }
      }
      return true
    }

    private mutating func foldRecords(of page: Int, _ emitter: inout WorkloadEmitter) throws {
      let image = try emitter.aligned(imageSize, alignmentShift: imageAlignmentShift, by: thread)
      if pages[page].image != 0 { try emitter.free(pages[page].image, by: thread) }
      pages[page].image = image
      for record in pages[page].records.prefix(fold) { try emitter.free(record, by: thread) }
      pages[page].records.removeFirst(fold)
      pages[page].trimmableCount = 0
    }

    /// Takes one page away, with all that belongs to it; false when none is left.
    private mutating func drain(_ emitter: inout WorkloadEmitter) throws -> Bool {
      guard let page = pages.popLast() else { return false }
      for record in page.records { try emitter.free(record, by: thread) }
      if page.image != 0 { try emitter.free(page.image, by: thread) }
      return true
    }
  }
}
