// SPDX-License-Identifier: MIT

import Glibc
import Testing

@testable import Measurement

@Suite("What presses on the machine", .serialized)
struct MachinePressureTests {
  /// The words of a file's first line; none when it cannot be read.
  private func firstLine(_ path: String) -> [Substring] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    guard fgets(&line, Int32(line.count), file) != nil else { return [] }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(whereSeparator: \.isWhitespace)
  }

  /// Keeps more threads busy than there are processors, for a tenth of a second.
  private func overload() {
    let threads = (0..<sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 2).map { _ in
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { _ in
          let end = Clock.nowNanoseconds() + 100_000_000
          while Clock.nowNanoseconds() < end {}
          return nil
        }, nil)
      return thread
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  @Test("is what the kernel's files say")
  func files() {
    let before = (firstLine("/proc/stat"), firstLine("/proc/pressure/cpu"), firstLine("/proc/loadavg"))
    let pressure = MachinePressure.current()
    let after = (firstLine("/proc/stat"), firstLine("/proc/pressure/cpu"), firstLine("/proc/loadavg"))
    if before.0.count > 8 && after.0.count > 8 {
      #expect([before.0[8], after.0[8]].contains { UInt64($0) == pressure.stealTickCount })
    } else {
      #expect(pressure.stealTickCount == nil)
    }
    if let first = before.1.last?.dropFirst(6), let last = after.1.last?.dropFirst(6) {
      #expect(UInt64(first) ?? 0 <= pressure.processorMicroseconds ?? 0)
      #expect(pressure.processorMicroseconds ?? .max <= UInt64(last) ?? 0)
    } else {
      #expect(pressure.processorMicroseconds == nil)
    }
    #expect([before.2.first, after.2.first].contains { $0.flatMap { Double($0) } == pressure.loadAverage })
  }

  @Test("more busy threads than processors press on them")
  func difference() throws {
    let before = MachinePressure.current()
    overload()
    let after = MachinePressure.current()
    let passed = after.since(before)
    #expect(passed.loadAverage == after.loadAverage)
    #expect((passed.processorMicroseconds == nil) == (before.processorMicroseconds == nil))
    if let pressure = passed.processorMicroseconds { #expect(pressure > 0) }
    if let stolen = passed.stealTickCount, let before = before.stealTickCount, let after = after.stealTickCount {
      #expect(before + stolen == after)
    }
  }

  @Test("a part that either reading lacks, or that went back, is not told")
  func untold() {
    let whole = MachinePressure(stealTickCount: 7, processorMicroseconds: 100, loadAverage: 0.5)
    let later = MachinePressure(stealTickCount: 9, processorMicroseconds: 99, loadAverage: 0.75)
    #expect(later.since(whole) == MachinePressure(stealTickCount: 2, loadAverage: 0.75))
    #expect(later.since(MachinePressure()) == MachinePressure(loadAverage: 0.75))
    #expect(MachinePressure().since(whole) == MachinePressure())
  }

  @Test(
    "what a kernel does not tell is nil",
    arguments: [
      ("cpu  1 2 3 4 5 6 7 88 9 10\ncpu0 0 0 0 0 0 0 0 0\n", 88, nil), ("cpu  1 2 3 4 5 6 7 8\n", 8, nil),
      ("cpu  1 2 3 4 5 6 7\n", nil, nil), ("intr 1 2 3 4 5 6 7 8\n", nil, nil), ("", nil, nil),
      ("some avg10=61.34 avg60=21.96 avg300=7.64 total=5240\nfull avg10=0.00 total=1\n", nil, 5240),
      ("full avg10=0.00 avg60=0.00 avg300=0.00 total=1\n", nil, nil), ("some avg10=0.00\n", nil, nil),
    ] as [(String, UInt64?, UInt64?)])
  func parts(text: String, stolen: UInt64?, pressure: UInt64?) {
    Array(text.utf8).withUnsafeBytes { bytes in
      #expect(MachinePressure.stealTickCount(in: bytes) == stolen)
      #expect(MachinePressure.processorMicroseconds(in: bytes) == pressure)
    }
  }

  @Test("the load average is the first number", arguments: [("1.31 0.59 1.05 4/113 28167\n", 1.31), ("", nil)])
  func load(text: String, average: Double?) {
    let read = Array(text.utf8).withUnsafeBytes { MachinePressure.loadAverage(in: $0) }
    #expect(read == average)
  }
}
