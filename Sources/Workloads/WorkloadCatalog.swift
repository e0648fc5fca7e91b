// SPDX-License-Identifier: MIT

/// The workloads there are.
public enum WorkloadCatalog {
  /// All workloads, in the order in which they are listed.
  public static let all: [Workload] = [
    TinyHot.workload, RandomMixed.workload, MidThreads.workload, Larson.workload, ProducerConsumer.workload,
    Phases.workload, FalseSharing.workload, ThreadChurn.workload, Fragment.workload, Idle.workload, Grow.workload,
    Large.workload, Fleet.workload, Relay.workload, Stages.workload, SlabCache.workload, RadixCache.workload,
    LogReplay.workload, Drift.workload, Ebb.workload,
  ]

  /// The workload of a name, or nil; `NearestName` finds what was meant.
  public static func named(_ name: String) -> Workload? { all.first { $0.name == name } }
}
