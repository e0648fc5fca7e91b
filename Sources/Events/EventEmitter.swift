// SPDX-License-Identifier: MIT

/// Collects single events into batches for a sink.
///
/// The owner calls `finish()` once after the last event; events not yet flushed are lost otherwise.
public struct EventEmitter {
  private let sink: any EventSink
  private var batch: [Event] = []
  private static let batchCapacity = 4096

  public init(into sink: any EventSink) {
    self.sink = sink
    batch.reserveCapacity(Self.batchCapacity)
  }

  public mutating func emit(_ event: Event) throws {
    batch.append(event)
    if batch.count == Self.batchCapacity { try flush() }
  }

  public mutating func malloc(thread: UInt32, block: UInt64, size: UInt64) throws {
    try emit(Event(.malloc, thread: thread, block: block, size: size))
  }

  public mutating func free(thread: UInt32, block: UInt64) throws {
    try emit(Event(.free, thread: thread, block: block))
  }

  public mutating func realloc(thread: UInt32, from formerBlock: UInt64, to block: UInt64, size: UInt64) throws {
    try emit(Event(.realloc, thread: thread, block: block, formerBlock: formerBlock, size: size))
  }

  public mutating func finish() throws {
    try flush()
  }

  private mutating func flush() throws {
    guard !batch.isEmpty else { return }
    try sink.receive(batch)
    batch.removeAll(keepingCapacity: true)
  }
}
