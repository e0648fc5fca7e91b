// SPDX-License-Identifier: MIT

/// What must be the same for two measurements to be comparable.
public struct HardFacts: Codable, Equatable, Sendable {
  public var architecture: String
  public var processorModel: String?
  public var processorFamily: String?
  public var processorModelNumber: String?
  public var processorStepping: String?
  /// Processors that are online.
  public var processorCount: UInt32?
  /// Processors that this process may use, as a list of ranges.
  public var affinity: String?
  /// Whether two hardware threads share a core.
  public var simultaneousMultithreading: Bool?
  public var level2Cache: String?
  public var level3Cache: String?
  /// "none" on bare metal, a name where the firmware tells one, else "unknown".
  public var hypervisor: String?
  /// Quota and period in microseconds, as cgroup v2 writes them; nil without a limit.
  public var processorLimit: String?
  /// Bytes; nil without a limit.
  public var memoryLimit: String?
  /// Major and minor number.
  public var kernelVersion: String?
  public var libc: String
  public var pageByteCount: UInt64
  /// always, madvise or never.
  public var transparentHugePages: String?
  /// 0 heuristic, 1 always, 2 never; see proc_sys_vm(5).
  public var overcommit: String?
  /// Variables that change what an allocator does or which one is used.
  public var allocatorVariables: [String: String]

  /// Names, or beginnings of names, of such variables.
  private static let variablePrefixes = [
    "ACE_", "MALLOC_", "_RJEM_MALLOC_", "MIMALLOC_", "TCMALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD",
  ]

  public init(_ source: SystemSource) {
    let processor = source.fields("/proc/cpuinfo")
    architecture = source.architecture
    // The second name of each pair is the one of 64-bit ARM.
    processorModel = processor["model name"] ?? processor["CPU implementer"].map { "implementer " + $0 }
    processorFamily = processor["cpu family"] ?? processor["CPU architecture"]
    processorModelNumber = processor["model"] ?? processor["CPU part"]
    processorStepping = processor["stepping"] ?? processor["CPU revision"]
    processorCount = source.text("/sys/devices/system/cpu/online").flatMap(Self.count(ranges:))
    affinity = source.fields("/proc/self/status")["Cpus_allowed_list"]
    simultaneousMultithreading = source.text("/sys/devices/system/cpu/smt/active").map { $0 == "1" }
    level2Cache = source.cacheSize(level: 2)
    level3Cache = source.cacheSize(level: 3)
    hypervisor = source.hypervisor(processorFlags: processor["flags"])
    processorLimit = source.processorLimit
    memoryLimit = source.memoryLimit
    kernelVersion = source.text("/proc/sys/kernel/osrelease").map {
      $0.split(separator: ".").prefix(2).joined(separator: ".")
    }
    libc = source.libc
    pageByteCount = source.pageByteCount
    transparentHugePages = source.text("/sys/kernel/mm/transparent_hugepage/enabled").flatMap(Self.choice(of:))
    overcommit = source.text("/proc/sys/vm/overcommit_memory")
    allocatorVariables = source.environment.filter { name, _ in
      // Rows name the file and what is in it themselves.
      !name.hasSuffix("_LIB") && Self.variablePrefixes.contains { name.hasPrefix($0) }
    }
  }

  /// How many numbers a list of ranges such as `0-3,8` has.
  private static func count(ranges: String) -> UInt32? {
    var count: UInt32 = 0
    for range in ranges.split(separator: ",") {
      let bounds = range.split(separator: "-").map { UInt32($0) }
      guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, last >= first else { return nil }
      count += last - first + 1
    }
    return count
  }

  /// The word in brackets of a file such as `always [madvise] never`.
  private static func choice(of text: String) -> String? {
    text.split(separator: " ").first { $0.hasPrefix("[") }.map { String($0.dropFirst().dropLast()) }
  }
}
