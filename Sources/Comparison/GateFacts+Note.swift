// SPDX-License-Identifier: MIT

import Results

extension GateFacts {
  /// Learns from a row.
  mutating func note(_ sample: Sample, role: GateRole) {
    if processCount == 0 {
      sessionIdentifier = sample.sessionIdentifier
      planHash = sample.planHash
      began = sample.utcTime
      let environment = sample.environment
      environmentIdentifier = environment.identifier
      processorModel = environment.processorModel
      coreCount = environment.coreCount
      kernel = environment.kernel
      hypervisor = environment.hypervisor
      harnessVersion = environment.harnessVersion
      harnessCommit = environment.harnessCommit
    }
    processCount += 1
    began = min(began, sample.utcTime)
    ended = max(ended, sample.utcTime)
    if let ticks = sample.disturbance.stealTickCount {
      let (sum, isTooLarge) = (stolenTickCount ?? 0).addingReportingOverflow(ticks)
      stolenTickCount = isTooLarge ? .max : sum
    }
    switch role {
    case .base: (basePath, baseSHA256) = (sample.library.path, sample.library.sha256)
    case .head: (headPath, headSHA256) = (sample.library.path, sample.library.sha256)
    case .baseCopy, .baseSlowed: break
    }
  }
}
