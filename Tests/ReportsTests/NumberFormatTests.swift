// SPDX-License-Identifier: MIT

import Reports
import Results
import Testing

@Suite struct NumberFormatTests {
  @Test(
    "three significant digits and a fitting unit",
    arguments: [
      (12_345_678, Metric.Unit.operationsPerSecond, "12.3 M/s"), (999.6, .operationsPerSecond, "1.00 k/s"),
      (500, .operationsPerSecond, "500 /s"), (2.5e9, .operationsPerCPUSecond, "2.50 G/s"),
      (3.414, .nanoseconds, "3.41 ns"), (9.996, .nanoseconds, "10.0 ns"), (0.5, .nanoseconds, "0.500 ns"),
      (-0.25, .nanoseconds, "-0.250 ns"), (1500, .nanoseconds, "1.50 µs"), (2.5e6, .nanoseconds, "2.50 ms"),
      (7.2e12, .nanoseconds, "7200 s"), (0, .nanoseconds, "0 ns"), (67_318_579, .bytes, "64.2 MiB"),
      (1023, .bytes, "0.999 KiB"), (1024, .bytes, "1.00 KiB"), (512, .bytes, "512 B"),
      (3e9, .bytesPerSecond, "2.79 GiB/s"), (1.3149, .ratio, "1.31"),
      (0.0123, .ratio, "0.0123"), (99.96, .ratio, "100"), (1234.5, .ratio, "1235"), (9999, .count, "9999"),
      (12.5, .count, "12.5"),
      (123_456, .count, "123 k"),
    ])
  func text(value: Double, unit: Metric.Unit, expected: String) {
    #expect(NumberFormat.text(value, unit: unit) == expected)
  }

  @Test("what has no digits is written as it is", arguments: [Double.infinity, .nan])
  func noDigits(value: Double) { #expect(NumberFormat.significant(value) == value.description) }

  @Test("numbers beyond 64 bits are written with an exponent")
  func huge() { #expect(NumberFormat.significant(1e300) == "1e+300") }
}
