// SPDX-License-Identifier: MIT

import Program

/// The instruments of a pass; nil where the pass has none.
struct ReplayMeters {
  var latency: UnsafeMutablePointer<LatencyHistograms>?
  var memory: UnsafeMutablePointer<MemoryMeter>?
  var ledger: UnsafeMutablePointer<BlockLedger>?

  /// Makes the instruments of the settings' pass for a program; nil when there is no memory for them.
  init?(header: ProgramHeader, settings: ReplaySettings) {
    switch settings.pass {
    case .time: break
    case .latency:
      guard let histograms = LatencyHistograms() else { return nil }
      latency = .allocate(capacity: 1)
      latency?.initialize(to: histograms)
    case .memory:
      let meter = MemoryMeter(
        slotCount: Int(header.slotCount), operationCount: header.operationCount,
        peakOperation: header.livePeakOperation, pointCount: settings.timelinePointCount,
        readsNodes: settings.readsNodes)
      guard let meter else { return nil }
      memory = .allocate(capacity: 1)
      memory?.initialize(to: meter)
    case .check:
      guard let blocks = BlockLedger(slotCount: Int(header.slotCount)) else { return nil }
      ledger = .allocate(capacity: 1)
      ledger?.initialize(to: blocks)
    }
  }
}
