// SPDX-License-Identifier: MIT

import Glibc
import Measurement
import Testing

@Suite("Clocks")
struct ClockTests {
  @Test("never go back")
  func monotone() {
    var former = Clock.nowNanoseconds()
    for _ in 0..<10_000 {
      let now = Clock.nowNanoseconds()
      #expect(now >= former)
      former = now
    }
  }

  @Test("a sleep lasts to its deadline at least")
  func sleep() {
    let deadline = Clock.nowNanoseconds() + 3_000_000
    Clock.sleep(untilNanoseconds: deadline)
    #expect(Clock.nowNanoseconds() >= deadline)
    // One that has passed is no sleep, and no error.
    Clock.sleep(untilNanoseconds: 0)
  }

  @Test("the counter's rate is that of a processor of this century")
  func calibration() {
    let calibration = CounterCalibration()
    Clock.sleep(untilNanoseconds: Clock.nowNanoseconds() + 20_000_000)
    let rate = calibration.nanosecondsPerTick()
    #expect((0.05...100).contains(rate))
  }

  @Test("the kernel's charges only grow, and sum up")
  func usage() throws {
    let before = ResourceUsage.current()
    // Fresh memory from the kernel, because an array may get pages that were touched before.
    let mapping = mmap(nil, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANONYMOUS), -1, 0)
    memset(try #require(mapping != MAP_FAILED ? mapping : nil), 1, 1 << 20)
    let usage = ResourceUsage.current().since(before)
    munmap(mapping, 1 << 20)
    #expect(usage.minorFaultCount > 0)
    #expect((usage + usage).minorFaultCount == 2 * usage.minorFaultCount)
  }

  @Test("a thread can be bound to processors that exist, and to no others")
  func affinity() {
    #expect(!Affinity.bind(to: []))
    #expect(!Affinity.bind(to: [Affinity.processorLimit, -1]))
  }
}
