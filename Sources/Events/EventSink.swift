// SPDX-License-Identifier: MIT

/// Takes a sequence of events in batches; the concatenation of the batches is the sequence.
public protocol EventSink: AnyObject {
  /// Takes the next events of the sequence.
  func receive(_ events: [Event]) throws
}
