// SPDX-License-Identifier: MIT

/// What may differ between comparable measurements, and is worth a warning when it does.
public struct SoftFacts: Codable, Equatable, Sendable {
  public var kernelRelease: String?
  public var microcode: String?
  /// How the first processor's frequency is chosen.
  public var governor: String?
  /// Whether processors may go above their base frequency.
  public var boost: Bool?
  public var memoryByteCount: UInt64?
  /// What kind of container this is; nil outside of one, as far as can be seen.
  public var container: String?
  /// NUMA nodes that are online, as a list of ranges.
  public var numaNodes: String?
  /// Each node's processors, memory and distances; nil without NUMA.
  public var numaTopology: NumaTopology?

  public init(_ source: SystemSource) {
    kernelRelease = source.text("/proc/sys/kernel/osrelease")
    microcode = source.fields("/proc/cpuinfo")["microcode"]
    governor = source.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
    boost =
      source.text("/sys/devices/system/cpu/cpufreq/boost").map { $0 == "1" }
      ?? source.text("/sys/devices/system/cpu/intel_pstate/no_turbo").map { $0 == "0" }
    memoryByteCount = source.fields("/proc/meminfo")["MemTotal"]
      .flatMap { $0.split(separator: " ").first }
      .flatMap { UInt64($0) }
      .map { $0 * 1024 }
    container = source.container
    numaNodes = source.text("/sys/devices/system/node/online")
    numaTopology = source.numaTopology
  }
}
