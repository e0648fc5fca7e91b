// SPDX-License-Identifier: MIT

import Testing

@testable import Workloads

@Suite("Specifications")
struct SpecificationTests {
  @Test("the canonical text parses to itself", arguments: WorkloadCatalog.all.map(\.name))
  func roundTrip(name: String) throws {
    let workload = try #require(WorkloadCatalog.named(name))
    var specification = WorkloadSpecification(workload)
    #expect(try WorkloadSpecification(parsing: specification.description).description == specification.description)
    #expect(try WorkloadSpecification(parsing: name).values == specification.values)
    for (index, parameter) in workload.parameters.enumerated() { specification.values[index] = parameter.maximum }
    try specification.set("seed", to: "18446744073709551615")
    let again = try WorkloadSpecification(parsing: specification.description)
    #expect(again.values == specification.values)
    #expect(again.seed == .max)
  }

  @Test(
    "values may come by name or in order, sizes with units",
    arguments: [
      ("random-mixed", "random-mixed(operations=2000000,slots=400,maximum-size=1KiB)"),
      ("random-mixed:", "random-mixed(operations=2000000,slots=400,maximum-size=1KiB)"),
      ("random-mixed()", "random-mixed(operations=2000000,slots=400,maximum-size=1KiB)"),
      ("random-mixed:5,6", "random-mixed(operations=5,slots=6,maximum-size=1KiB)"),
      ("random-mixed:slots=7,5,seed=9", "random-mixed(operations=5,slots=7,maximum-size=1KiB,seed=9)"),
      ("random-mixed:maximum-size=64KiB", "random-mixed(operations=2000000,slots=400,maximum-size=64KiB)"),
      ("random-mixed:maximum-size=1000B", "random-mixed(operations=2000000,slots=400,maximum-size=1000)"),
      ("fleet:heap=1GiB,remote=0.25", "fleet(operations=2000000,heap=1GiB,remote=0.25)"),
      ("idle:period=2s,heap=1MiB", "idle(heap=1MiB,bursts=4,period=2000,kept=0.02,maximum-size=1KiB)"),
      ("tiny-hot:64,100,60000", "tiny-hot(size=64,batch=100,iterations=60000)"),
    ])
  func forms(text: String, canonical: String) throws {
    #expect(try WorkloadSpecification(parsing: text).description == canonical)
  }

  @Test(
    "what is wrong is told as facts",
    arguments: [
      ("lasron", WorkloadError.unknownWorkload(name: "lasron", nearest: ["larson"])),
      ("", .unknownWorkload(name: "", nearest: [])),
      ("qqqqqqqqq:1", .unknownWorkload(name: "qqqqqqqqq", nearest: [])),
      (
        "random-mixed:slot=4",
        .unknownParameter(workload: "random-mixed", name: "slot", nearest: ["slots"])
      ),
      ("random-mixed:sede=4", .unknownParameter(workload: "random-mixed", name: "sede", nearest: ["seed"])),
      ("random-mixed:slots=4,slots=5", .repeatedParameter(workload: "random-mixed", parameter: "slots")),
      ("random-mixed:5,operations=5", .repeatedParameter(workload: "random-mixed", parameter: "operations")),
      ("random-mixed:x", .notANumber(workload: "random-mixed", parameter: "operations", text: "x")),
      ("random-mixed:slots=-4", .notANumber(workload: "random-mixed", parameter: "slots", text: "-4")),
      ("random-mixed:slots=4KiB", .notANumber(workload: "random-mixed", parameter: "slots", text: "4KiB")),
      ("random-mixed:slots=", .notANumber(workload: "random-mixed", parameter: "slots", text: "")),
      ("random-mixed:seed=1.5", .notANumber(workload: "random-mixed", parameter: "seed", text: "1.5")),
      ("fleet:remote=nan", .notANumber(workload: "fleet", parameter: "remote", text: "nan")),
      (
        "fleet:remote=1.5",
        .outOfRange(workload: "fleet", parameter: "remote", text: "1.5", minimum: "0.0", maximum: "1.0")
      ),
      (
        "random-mixed:slots=0",
        .outOfRange(workload: "random-mixed", parameter: "slots", text: "0", minimum: "1", maximum: "1000000")
      ),
      (
        "random-mixed:maximum-size=99999999999999GiB",
        .outOfRange(
          workload: "random-mixed", parameter: "maximum-size", text: "99999999999999GiB", minimum: "16",
          maximum: "1MiB")
      ),
      ("larson:minimum-size=2000", .belowOther(workload: "larson", parameter: "maximum-size", other: "minimum-size")),
      ("tiny-hot:1,2,3,4", .tooManyValues(workload: "tiny-hot", limit: 3)),
      ("tiny-hot(size=1", .malformed(text: "tiny-hot(size=1")),
      ("tiny-hot:1,,3", .malformed(text: "tiny-hot:1,,3")),
    ])
  func errors(text: String, error: WorkloadError) {
    #expect(throws: error) { try WorkloadSpecification(parsing: text) }
  }
}
