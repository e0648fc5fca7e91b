// SPDX-License-Identifier: MIT

/// A relay of TCP connections.
enum Relay {
  static let operations = WorkloadParameter(
    "operations", default: 600_000, in: 0...1_000_000_000,
    "calls in all for connections that open and close, divided over the threads")
  static let connections = WorkloadParameter(
    "connections", default: 500, in: 1...1_000_000, "connections open on average, over all threads")
  static let record = WorkloadParameter(
    "record", default: 320, in: 1...65536, unit: .bytes, "size of a connection's own record")
  private static let bufferSizes = [8 << 10, 16 << 10, 64 << 10]
  /// A connection's allocations, and as many frees.
  private static let blocksPerConnection = 3

  static let workload = Workload(
    name: "relay",
    summary: "connections that come and go, each with a record and two buffers of 8, 16 or 64 KiB",
    origin:
      "the shape of a TCP relay; buffer sizes are those programs commonly copy with; lifetimes are exponential, as "
      + "arrivals and departures without memory give them; the counts are chosen here",
    parameters: [operations, connections, record]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread), recordSize: settings.integer(record),
        targetCount: max(1, settings.share(of: connections, thread: thread)),
        remainingEvents: settings.share(of: operations, thread: thread) / blocksPerConnection)
    }
    try emitter.interleave(&scripts)
  }

  private struct Connection {
    var record: UInt64
    var inbound: UInt64
    var outbound: UInt64
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let recordSize: Int
    let targetCount: Int
    /// Openings and closings.
    var remainingEvents: Int
    var open: [Connection] = []
    var isWarm = false

    /// A connection opens at the rate at which `targetCount` of them would close, and closes whichever it is: its
    /// lifetime is exponential.
    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if !isWarm {
        try openOne(&emitter)
        isWarm = open.count == targetCount
        return true
      }
      guard remainingEvents > 0 else {
        guard !open.isEmpty else { return false }
        try closeOne(&emitter)
        return true
      }
      remainingEvents -= 1
      if random.uniform(below: targetCount + open.count) < targetCount {
        try openOne(&emitter)
      } else {
        try closeOne(&emitter)
      }
      return true
    }

    private mutating func openOne(_ emitter: inout WorkloadEmitter) throws {
      let size = bufferSizes[random.uniform(below: bufferSizes.count)]
      open.append(
        Connection(
          record: try emitter.malloc(recordSize, by: thread), inbound: try emitter.malloc(size, by: thread),
          outbound: try emitter.malloc(size, by: thread)))
    }

    private mutating func closeOne(_ emitter: inout WorkloadEmitter) throws {
      open.swapAt(random.uniform(below: open.count), open.count - 1)
      let connection = open.removeLast()
      try emitter.free(connection.inbound, by: thread)
      try emitter.free(connection.outbound, by: thread)
      try emitter.free(connection.record, by: thread)
    }
  }
}
