// SPDX-License-Identifier: MIT

import CLinux

/// Something that the processor or the kernel counts: the generic events of perf_event_open(2).
public enum PerformanceCounter: String, CaseIterable, Sendable {
  case cycles
  case instructions
  case cacheReferences = "cache-references"
  case cacheMisses = "cache-misses"
  case branches
  case branchMisses = "branch-misses"
  case taskClock = "task-clock"
  case pageFaults = "page-faults"
  case minorFaults = "minor-faults"
  case majorFaults = "major-faults"
  case contextSwitches = "context-switches"
  case processorMigrations = "cpu-migrations"

  /// Whether the processor counts it, with its performance monitoring unit (PMU), and not the kernel.
  public var isHardware: Bool { code.type == PERF_TYPE_HARDWARE.rawValue }

  /// What the count is in.
  public var isNanoseconds: Bool { self == .taskClock }

  /// Whether a count without the kernel's part says anything: a thread is switched, and moved, in the kernel alone.
  var countsInUserMode: Bool { self != .contextSwitches && self != .processorMigrations }

  /// `type` and `config` of `perf_event_attr`.
  var code: (type: UInt32, config: UInt64) {
    func hardware(_ event: perf_hw_id) -> (UInt32, UInt64) { (PERF_TYPE_HARDWARE.rawValue, UInt64(event.rawValue)) }
    func software(_ event: perf_sw_ids) -> (UInt32, UInt64) { (PERF_TYPE_SOFTWARE.rawValue, UInt64(event.rawValue)) }
    return switch self {
    case .cycles: hardware(PERF_COUNT_HW_CPU_CYCLES)
    case .instructions: hardware(PERF_COUNT_HW_INSTRUCTIONS)
    case .cacheReferences: hardware(PERF_COUNT_HW_CACHE_REFERENCES)
    case .cacheMisses: hardware(PERF_COUNT_HW_CACHE_MISSES)
    case .branches: hardware(PERF_COUNT_HW_BRANCH_INSTRUCTIONS)
    case .branchMisses: hardware(PERF_COUNT_HW_BRANCH_MISSES)
    case .taskClock: software(PERF_COUNT_SW_TASK_CLOCK)
    case .pageFaults: software(PERF_COUNT_SW_PAGE_FAULTS)
    case .minorFaults: software(PERF_COUNT_SW_PAGE_FAULTS_MIN)
    case .majorFaults: software(PERF_COUNT_SW_PAGE_FAULTS_MAJ)
    case .contextSwitches: software(PERF_COUNT_SW_CONTEXT_SWITCHES)
    case .processorMigrations: software(PERF_COUNT_SW_CPU_MIGRATIONS)
    }
  }
}
