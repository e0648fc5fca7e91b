// SPDX-License-Identifier: MIT

import Glibc
import Testing

@testable import Workloads

@Suite("The document of workloads")
struct DocumentationTests {
  /// `docs/workloads.md`, found from this file.
  private static func document() throws -> String {
    let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let file = try #require(fopen(path + "/docs/workloads.md", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("has a section for each workload in the order of the catalogue, and none more")
  func sections() throws {
    let headings = try Self.document().split(separator: "\n").filter { $0.hasPrefix("## ") }.map { $0.dropFirst(3) }
    #expect(headings.map(String.init).filter { WorkloadCatalog.named($0) != nil } == WorkloadCatalog.all.map(\.name))
  }

  @Test(
    "says what each workload stresses and comes from, and names each parameter with its default and range",
    arguments: WorkloadCatalog.all.map(\.name))
  func parameters(name: String) throws {
    let workload = try #require(WorkloadCatalog.named(name))
    let lines = try Self.document().split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0 == "## \(name)" })
    let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
    #expect(section.contains { $0 == "**Stresses:** \(workload.summary)." })
    #expect(section.contains { $0 == "**From:** \(workload.origin)." })
    for parameter in workload.parameters {
      let row = "| `\(parameter.name)` | \(parameter.defaultText) | \(parameter.rangeText) |"
      #expect(section.contains { $0.hasPrefix(row) }, "\(row)")
    }
    #expect(section.count { $0.hasPrefix("| `") } == workload.parameters.count)
  }
}
