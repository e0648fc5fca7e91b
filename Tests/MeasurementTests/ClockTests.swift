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
  func usage() {
    let byteCount = 8 << 20
    let before = ResourceUsage.current()
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANONYMOUS), -1, 0)
    defer { munmap(memory, byteCount) }
    for offset in stride(from: 0, to: byteCount, by: 4096) {
      memory?.storeBytes(of: 1, toByteOffset: offset, as: UInt8.self)
    }
    let usage = ResourceUsage.current().since(before)
    #expect(usage.minorFaultCount > 0)
    #expect((usage + usage).minorFaultCount == 2 * usage.minorFaultCount)
  }

  @Test("a thread can be bound to processors that exist, and to no others")
  func affinity() {
    #expect(!Affinity.bind(to: []))
    #expect(!Affinity.bind(to: [Affinity.processorLimit, -1]))
  }
}
