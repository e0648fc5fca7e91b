// SPDX-License-Identifier: MIT

/// How much the whole machine has been kept from work, or had more of it than processors; nil where the kernel does not
/// tell, as one without pressure stall information.
public struct MachinePressure: Equatable, Sendable {
  /// Clock ticks, summed over processors, in which the hypervisor ran something else: `steal` of /proc/stat.
  public var stealTickCount: UInt64?
  /// Time in which some task waited for a processor: `some total=` of /proc/pressure/cpu.
  public var processorMicroseconds: UInt64?
  /// Tasks that ran or waited to run, averaged over the last minute: the first number of /proc/loadavg.
  public var loadAverage: Double?

  /// Since the machine was started, as far as the parts are counts.
  public static func current() -> MachinePressure {
    let statistics = ProcessFile(path: "/proc/stat")
    let pressure = ProcessFile(path: "/proc/pressure/cpu")
    let load = ProcessFile(path: "/proc/loadavg")
    return MachinePressure(
      stealTickCount: stealTickCount(in: statistics.read()),
      processorMicroseconds: processorMicroseconds(in: pressure.read()), loadAverage: loadAverage(in: load.read()))
  }

  /// What came between an earlier reading and this one, and the load average of this one. A count that went back, as
  /// stolen ticks may when a virtual machine moves to another host, says nothing.
  public func since(_ earlier: MachinePressure) -> MachinePressure {
    MachinePressure(
      stealTickCount: Self.difference(stealTickCount, earlier.stealTickCount),
      processorMicroseconds: Self.difference(processorMicroseconds, earlier.processorMicroseconds),
      loadAverage: loadAverage)
  }

  private static func difference(_ later: UInt64?, _ earlier: UInt64?) -> UInt64? {
    guard let later, let earlier, later >= earlier else { return nil }
    return later - earlier
  }

  /// The eighth number of the line `cpu`, see proc_stat(5).
  static func stealTickCount(in text: UnsafeRawBufferPointer) -> UInt64? {
    let line = text.prefix { $0 != UInt8(ascii: "\n") }.split(separator: UInt8(ascii: " "))
    guard line.count > 8, line[0].elementsEqual("cpu".utf8) else { return nil }
    return number(line[8])
  }

  /// The last field of the line `some`, see Documentation/accounting/psi.rst of the kernel.
  static func processorMicroseconds(in text: UnsafeRawBufferPointer) -> UInt64? {
    let line = text.prefix { $0 != UInt8(ascii: "\n") }.split(separator: UInt8(ascii: " "))
    guard let first = line.first, first.elementsEqual("some".utf8),
      let total = line.last, total.starts(with: "total=".utf8)
    else { return nil }
    return number(total.dropFirst(6))
  }

  /// The first field, see proc_loadavg(5).
  static func loadAverage(in text: UnsafeRawBufferPointer) -> Double? {
    Double(String(decoding: text.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
  }

  private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self))
  }
}
