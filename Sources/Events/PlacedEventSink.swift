// SPDX-License-Identifier: MIT

/// Takes a sequence of placed events in batches; the concatenation of the batches is the sequence.
public protocol PlacedEventSink: AnyObject {
  /// Takes the next events of the sequence.
  func receive(_ events: [PlacedEvent]) throws
}
