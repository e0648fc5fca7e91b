// SPDX-License-Identifier: MIT

import Results

/// What rows say of how, on what and when they were measured. Each fact has all the values that rows have.
struct ReportFacts {
  private(set) var rowCount = 0
  private(set) var statusCounts: [RunStatus: Int] = [:]
  private(set) var environments: [SampleEnvironment] = []
  private(set) var touches: Set<TouchPolicy> = []
  private(set) var loads: Set<LoadMethod> = []
  private(set) var plans: Set<String> = []
  private(set) var libraries: [Arm: [Library]] = [:]
  private(set) var firstTime = ""
  private(set) var lastTime = ""
  private(set) var stealTickCount: UInt64 = 0
  private(set) var hasStealTicks = false
  private(set) var loadAverages: [Double] = []
  /// The arms and libraries of the latest rows, for rows repeat them.
  private var latestEnvironment: SampleEnvironment?

  mutating func note(_ sample: Sample) {
    rowCount += 1
    statusCounts[sample.outcome.status, default: 0] += 1
    if sample.environment != latestEnvironment {
      latestEnvironment = sample.environment
      if !environments.contains(sample.environment) { environments.append(sample.environment) }
    }
    touches.insert(sample.cell.touch)
    loads.insert(sample.library.load)
    plans.insert(sample.planHash)
    if libraries[sample.arm]?.contains(sample.library) != true {
      libraries[sample.arm, default: []].append(sample.library)
    }
    if firstTime.isEmpty || sample.utcTime < firstTime { firstTime = sample.utcTime }
    if sample.utcTime > lastTime { lastTime = sample.utcTime }
    if let ticks = sample.disturbance.stealTickCount {
      stealTickCount += ticks
      hasStealTicks = true
    }
    if let load = sample.disturbance.loadAverage { loadAverages.append(load) }
  }

  /// "2026-11-21", or "2026-11-20 to 2026-11-21".
  var days: String {
    let (first, last) = (firstTime.prefix { $0 != "T" }, lastTime.prefix { $0 != "T" })
    return first == last ? String(first) : "\(first) to \(last)"
  }

  /// "AMD EPYC, 2 cores, Linux 6.18.44", each machine once.
  var machines: String {
    unique { environment in
      let cores = environment.coreCount == 1 ? "1 core" : "\(environment.coreCount) cores"
      let kernel = environment.kernel.isEmpty ? "" : "Linux \(environment.kernel)"
      return [environment.processorModel, environment.coreCount == 0 ? "" : cores, kernel]
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }

  /// "acebench 0.1.0 (f08a078)".
  var harnesses: String {
    unique { environment in
      let commit = environment.harnessCommit.isEmpty ? "" : " (\(environment.harnessCommit))"
      return "acebench \(environment.harnessVersion)\(commit)"
    }
  }

  private func unique(_ words: (SampleEnvironment) -> String) -> String {
    environments.map(words).reduce(into: [String]()) { known, text in
      if !text.isEmpty, !known.contains(text) { known.append(text) }
    }.joined(separator: "; ")
  }
}
