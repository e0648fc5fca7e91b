// SPDX-License-Identifier: MIT

import Allocators
import FoundationEssentials
import Glibc
import Measurement
import Results

/// Looks for what makes measurements on this machine doubtful.
public struct Doctor {
  public enum Verdict: String, Sendable {
    case good
    case doubtful
    /// Nothing can be measured before it is mended.
    case blocked
  }

  public struct Finding: Sendable {
    public var check: String
    public var verdict: Verdict
    public var finding: String
    /// What to do about it; empty when nothing.
    public var remedy = ""
  }

  private let worker: String
  private let recorder: String?

  public init(worker: String, recorder: String?) {
    self.worker = worker
    self.recorder = recorder
  }

  /// All checks, in the order in which they matter.
  public func examine() throws -> [Finding] {
    let facts = try EnvironmentFingerprint()
    return [
      companions, allocators, load(processorCount: Int(facts.hard.processorCount ?? 1)), clock, frequency(facts.soft),
      virtualization(facts.hard), transparentHugePages(facts.hard), memoryLimit(facts.hard),
      allocatorVariables(facts.hard), kernelMemoryCounters(facts.soft),
    ] + DoctorNuma.findings(facts.soft.numaTopology, balancing: Self.text("/proc/sys/kernel/numa_balancing")) + [noise]
  }

  private var companions: Finding {
    guard recorder != nil else {
      return Finding(
        check: "companions", verdict: .doubtful,
        finding: "libacerecord.so is not beside acebench; 'record' cannot work",
        remedy: "swift build -c release")
    }
    return Finding(check: "companions", verdict: .good, finding: "worker and recorder are beside acebench")
  }

  private var allocators: Finding {
    let missing = AllocatorCatalog.all.map(\.name).filter {
      AllocatorProbe($0, worker: worker).status != "available"
    }
    guard !missing.contains("system") else {
      return Finding(
        check: "allocators", verdict: .blocked, finding: "not even the system's allocator can be measured",
        remedy: "'acebench list allocators' says why; swift build -c release builds the worker anew")
    }
    guard missing.isEmpty else {
      return Finding(
        check: "allocators", verdict: .doubtful, finding: "not available: \(missing.joined(separator: ", "))",
        remedy: "'acebench list allocators' says why; swift build -c release makes ACE, and scripts/bootstrap.sh "
          + "installs what Debian has")
    }
    return Finding(check: "allocators", verdict: .good, finding: "all known allocators load and serve")
  }

  private func load(processorCount: Int) -> Finding {
    var loads = [0.0]
    getloadavg(&loads, 1)
    let finding = "load \((loads[0] * 100).rounded() / 100) on \(processorCount) processors"
    return loads[0] > 0.3 * Double(processorCount)
      ? Finding(
        check: "other work", verdict: .doubtful, finding: finding, remedy: "stop what else is running ('top' shows it)")
      : Finding(check: "other work", verdict: .good, finding: finding)
  }

  private var clock: Finding {
    let source = Self.text("/sys/devices/system/clocksource/clocksource0/current_clocksource")
    return source == "tsc" || source == "arch_sys_counter"
      ? Finding(check: "clock", verdict: .good, finding: "clock source \(source)")
      : Finding(
        check: "clock", verdict: .doubtful,
        finding: "clock source \(source.isEmpty ? "unknown" : source): reading it is slow",
        remedy: "echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource")
  }

  private func frequency(_ facts: SoftFacts) -> Finding {
    switch (facts.governor, facts.boost) {
    case (let governor?, _) where governor != "performance":
      Finding(
        check: "frequency", verdict: .doubtful, finding: "the processor's governor is \(governor)",
        remedy: "sudo cpupower frequency-set -g performance")
    case (_, true?):
      Finding(
        check: "frequency", verdict: .doubtful, finding: "boost is on: speed depends on heat and on other cores",
        remedy: access("/sys/devices/system/cpu/cpufreq/boost", F_OK) == 0
          ? "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost"
          : "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo")
    case (nil, nil):
      Finding(check: "frequency", verdict: .good, finding: "not visible here; interleaved rounds even it out")
    default: Finding(check: "frequency", verdict: .good, finding: "fixed")
    }
  }

  private func virtualization(_ facts: HardFacts) -> Finding {
    guard let hypervisor = facts.hypervisor, hypervisor != "none" else {
      return Finding(check: "virtualization", verdict: .good, finding: "none")
    }
    return Finding(
      check: "virtualization", verdict: .doubtful,
      finding: "a virtual machine (\(hypervisor)): neighbours take time, and memory that the host never backed costs "
        + "5 to 11 µs a page at its first touch",
      remedy: "compare within one sweep only; it touches memory before round 1, and allocators take turns")
  }

  private func transparentHugePages(_ facts: HardFacts) -> Finding {
    let setting = facts.transparentHugePages ?? "unknown"
    return setting == "always"
      ? Finding(
        check: "huge pages", verdict: .doubtful,
        finding: "transparent huge pages are always on: RSS is counted in 2 MiB steps",
        remedy: "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled")
      : Finding(check: "huge pages", verdict: .good, finding: "transparent huge pages: \(setting)")
  }

  private func memoryLimit(_ facts: HardFacts) -> Finding {
    let available = AvailableMemory.byteCount() >> 20
    guard let limit = facts.memoryLimit, limit != "max" else {
      return Finding(check: "memory", verdict: .good, finding: "\(available) MiB available, no limit")
    }
    return Finding(
      check: "memory", verdict: .doubtful, finding: "a control group limits memory to \(limit)",
      remedy: "measure outside of it, or keep workloads well below")
  }

  private func allocatorVariables(_ facts: HardFacts) -> Finding {
    let names = facts.allocatorVariables.keys.sorted()
    return names.isEmpty
      ? Finding(check: "environment", verdict: .good, finding: "no variable tunes an allocator")
      : Finding(
        check: "environment", verdict: .doubtful, finding: "set: \(names.joined(separator: ", "))",
        remedy: "unset \(names.joined(separator: " "))")
  }

  private func kernelMemoryCounters(_ facts: SoftFacts) -> Finding {
    access("/proc/self/smaps_rollup", R_OK) == 0
      ? Finding(check: "memory readings", verdict: .good, finding: "smaps_rollup is exact")
      : Finding(
        check: "memory readings", verdict: .doubtful,
        finding: "no /proc/self/smaps_rollup on Linux \(facts.kernelRelease ?? "?"): RSS may lag by some 100 KiB",
        remedy: "use Linux 4.14 or later")
  }

  /// How much the same work varies from moment to moment.
  private var noise: Finding {
    let times = (0..<30).map { _ in NoiseProbe.nanoseconds() }.sorted()
    let spread = Double(times[times.count * 9 / 10]) / Double(max(times[0], 1)) - 1
    let finding = "the slowest tenth of equal loops took \((spread * 1000).rounded() / 10) % longer than the fastest"
    return spread > 0.05
      ? Finding(
        check: "noise", verdict: .doubtful, finding: finding, remedy: "more rounds (-n 20) and a quieter machine")
      : Finding(check: "noise", verdict: .good, finding: finding)
  }

  private static func text(_ path: String) -> String {
    ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").filter { $0 != "\n" }
  }
}
