// SPDX-License-Identifier: MIT

import Events

/// Keeps every event it is given.
public final class CollectedEvents: EventSink {
  public private(set) var events: [Event] = []
  public init() {}
  public func receive(_ events: [Event]) { self.events += events }
}

/// Keeps every placed event it is given.
public final class CollectedPlacedEvents: PlacedEventSink {
  public private(set) var events: [PlacedEvent] = []
  public init() {}
  public func receive(_ events: [PlacedEvent]) { self.events += events }
}
