// SPDX-License-Identifier: MIT

@testable import Workloads

/// Every workload at a size that a debug build generates in milliseconds.
enum ScaledWorkloads {
  /// The value of each parameter that sets how much is done, small.
  static let texts: [String: String] = [
    "tiny-hot": "tiny-hot:iterations=40", "random-mixed": "random-mixed:operations=6000",
    "mid-mt": "mid-mt:operations=6000", "larson": "larson:operations=6000,chunks=50,exchanges=100",
    "producer-consumer": "producer-consumer:operations=6000", "phases": "phases:phases=4,blocks=800",
    "false-sharing": "false-sharing:rounds=100", "thread-churn": "thread-churn:lives=20,blocks=100",
    "fragment": "fragment:heap=128KiB", "idle": "idle:heap=128KiB", "grow": "grow:operations=5000", "large": "large",
    "fleet": "fleet:operations=5000,heap=512KiB", "relay": "relay:operations=6000,connections=40",
    "stages": "stages:operations=6000,rows=100", "slab-cache": "slab-cache:operations=6000,keys=1000,capacity=128KiB",
    "radix-cache": "radix-cache:operations=6000,nodes=300",
    "log-replay": "log-replay:operations=6000,pages=20,window=300", "drift": "drift:operations=6000,slots=200",
    "ebb": "ebb:heap=256KiB,calls=600,stretch=4KiB",
  ]

  static func specification(of workload: Workload) throws(WorkloadError) -> WorkloadSpecification {
    try WorkloadSpecification(parsing: texts[workload.name] ?? workload.name)
  }
}
