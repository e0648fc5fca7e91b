// SPDX-License-Identifier: MIT

import Events

/// A trace that can be read, whatever its format.
public protocol TraceSource {
  /// What the trace says of its program; counts of what went wrong may be known only after `send`.
  var metadata: TraceMetadata { get }

  /// The stacks that allocations refer to; none in most traces.
  var stacks: StackTable { get }

  /// Reads the whole trace and gives its events to a sink.
  ///
  /// - Throws: `TraceError.malformed` where the trace makes no sense; errors of the sink.
  func send(to sink: any EventSink) throws
}

extension TraceSource {
  public var stacks: StackTable { StackTable() }
}
