// SPDX-License-Identifier: MIT

import Events

/// Turns placed events into the columns of frames.
///
/// An event is looked at when it comes, while the model is in step with it; the columns are written when the frame is
/// full, because the table of requests holds what the frame asks for most often.
struct FrameEncoder: ~Copyable {
  private struct Run: BitwiseCopyable {
    var thread: UInt32
    var length: UInt32
  }

  private(set) var model = SlotModel()
  private var requests = RequestTable()
  /// For every event its token, or `requestBase` and more for an allocation that may get one.
  private var tokens = FlatArray<UInt32>(capacity: PackedFormat.frameCapacity)
  private var runs = FlatArray<Run>()
  /// Where in the column of tokens the next event of a thread goes; used while a frame is written.
  private var cursors = FlatArray<Int>()
  private var columns: PackedColumns
  private var previousTick: UInt64 = 0
  private let tickShift: UInt8
  private let stackCount: UInt32?

  private static let requestBase: UInt32 = 256

  /// - Parameters:
  ///   - tickShift: base-two logarithm of the nanoseconds in a tick, the unit of stored times.
  ///   - stackCount: stacks that are defined; nil for a trace without stacks.
  init(tickShift: UInt8, stackCount: UInt32? = nil) {
    self.tickShift = tickShift
    self.stackCount = stackCount
    columns = PackedColumns(hasStacks: stackCount != nil)
  }

  var eventCount: Int { tokens.count }
  var isFull: Bool { tokens.count == PackedFormat.frameCapacity }

  /// Takes the events from `index` on until the frame is full, and moves `index` past those that it took; where an event
  /// makes no sense, to that event.
  mutating func append(_ events: [PlacedEvent], from index: inout Int) throws(FrameFault) {
    while index < events.count, !isFull {
      try append(events[index])
      index &+= 1
    }
  }

  private mutating func append(_ event: borrowing PlacedEvent) throws(FrameFault) {
    let thread = event.thread
    try admit(event)
    let token: UInt32
    switch event.kind {
    case .malloc, .calloc, .aligned: token = try allocation(event)
    case .free: token = try free(event)
    case .realloc: token = try realloc(event)
    case .threadStart: token = try start(event)
    case .threadEnd:
      guard !event.awaitsAnotherThread else { throw FrameFault("the end of a thread awaits nothing") }
      model.end(thread)
      token = general(event)
    }
    tokens.append(token)
    if let stackCount, event.kind.isAllocation {
      guard event.stack <= stackCount else { throw FrameFault("stack \(event.stack), which is not defined") }
      columns.stacks.appendVarint(UInt64(event.stack))
    }
    appendTime(event.nanoseconds)
    if runs.count > 0, runs[runs.count - 1].thread == thread {
      runs[runs.count - 1].length &+= 1
    } else {
      runs.append(Run(thread: thread, length: 1))
    }
  }

  /// Writes the columns of the events taken so far, hands them over, and begins the next frame.
  mutating func finishFrame<Failure: Error>(
    _ body: (borrowing PackedColumns) throws(Failure) -> Void
  ) throws(Failure) {
    for request in requests.assignTokens() { columns.requests.append(request) }
    writeRuns()
    writeTokens()
    try body(columns)
    columns.removeAll()
    requests.removeAll()
    tokens.removeAll()
    runs.removeAll()
  }

  // MARK: Events

  private mutating func admit(_ event: borrowing PlacedEvent) throws(FrameFault) {
    let thread = event.thread
    if thread == model.threadCount, event.kind == .threadStart {
      model.appendThread()
    } else if thread >= model.threadCount {
      throw FrameFault("thread \(thread) acts before it starts")
    } else if event.kind == .threadStart {
      throw FrameFault("thread \(thread) starts twice")
    }
    if event.awaitsAnotherThread {
      guard event.awaitedThread < model.threadCount,
        event.awaitedCount <= model.threads[Int(event.awaitedThread)].performedCount
      else { throw FrameFault("an event awaits what has not happened") }
    }
  }

  private mutating func allocation(_ event: borrowing PlacedEvent) throws(FrameFault) -> UInt32 {
    guard event.size <= PackedFormat.sizeLimit, event.alignmentShift <= PackedFormat.alignmentShiftLimit else {
      throw FrameFault("a request of \(event.size) bytes at alignment shift \(event.alignmentShift)")
    }
    let slot = event.slot
    guard model.isVacant(slot) else { throw FrameFault("an allocation into slot \(slot), which is not free") }
    let givesSlot = slot != model.predictedSlot(for: event.thread)
    let givesAwait = try wait(event)
    model.allocate(slot, by: event.thread)
    if givesSlot || givesAwait {
      return general(event, givesSlot: givesSlot, givesAwait: givesAwait)
    }
    let isAligned = event.kind == .aligned
    return Self.requestBase
      + requests.count(
        AllocationRequest(
          size: event.size, kind: event.kind.rawValue, alignmentShift: isAligned ? event.alignmentShift : 0))
  }

  private mutating func free(_ event: borrowing PlacedEvent) throws(FrameFault) -> UInt32 {
    guard model.isLive(event.slot) else { throw FrameFault("a free of slot \(event.slot), which is not live") }
    let reference = model.reference(to: event.slot, by: event.thread)
    let givesAwait = try wait(event)
    model.free(event.slot, by: event.thread, foundBy: reference)
    if givesAwait { return general(event, reference: reference, givesAwait: true) }
    if reference == .explicit { columns.slots.appendVarint(UInt64(event.slot)) }
    return UInt32(PackedToken.firstFree + reference.code)
  }

  private mutating func realloc(_ event: borrowing PlacedEvent) throws(FrameFault) -> UInt32 {
    guard event.size <= PackedFormat.sizeLimit else { throw FrameFault("a request of \(event.size) bytes") }
    guard model.isLive(event.slot) else { throw FrameFault("a realloc of slot \(event.slot), which is not live") }
    let reference = model.reference(to: event.slot, by: event.thread)
    let givesAwait = try wait(event)
    model.reallocate(event.slot, by: event.thread, foundBy: reference)
    return general(event, reference: reference, givesAwait: givesAwait)
  }

  private mutating func start(_ event: borrowing PlacedEvent) throws(FrameFault) -> UInt32 {
    guard event.awaitsAnotherThread else { throw FrameFault("the start of a thread awaits its starter") }
    let given = Dependence(thread: event.awaitedThread, performedCount: event.awaitedCount)
    let givesAwait = given != model.predictedStarter()
    model.learn(by: event.thread, given)
    model.start(event.thread)
    return general(event, givesAwait: givesAwait)
  }

  /// Notes what an event awaits; true when it must be written down.
  private mutating func wait(_ event: borrowing PlacedEvent) throws(FrameFault) -> Bool {
    let needed = model.dependence(of: event.thread, onSlot: event.slot)
    guard event.awaitsAnotherThread else {
      guard needed == nil else { throw FrameFault("slot \(event.slot) is taken over without waiting") }
      return false
    }
    let given = Dependence(thread: event.awaitedThread, performedCount: event.awaitedCount)
    model.learn(by: event.thread, given)
    guard model.dependence(of: event.thread, onSlot: event.slot) == nil else {
      throw FrameFault("slot \(event.slot) is taken over without waiting")
    }
    return given != needed
  }

  private mutating func general(
    _ event: borrowing PlacedEvent, reference: BlockReference? = nil, givesSlot: Bool = false, givesAwait: Bool = false
  ) -> UInt32 {
    columns.operations.append(PackedOperation(event.kind, givesSlot: givesSlot, givesAwait: givesAwait).byte)
    if let reference { columns.references.append(reference.code) }
    if givesSlot || reference == .explicit { columns.slots.appendVarint(UInt64(event.slot)) }
    if event.kind.isAllocation { columns.sizes.appendVarint(event.size) }
    if event.kind == .aligned { columns.alignments.append(event.alignmentShift) }
    if givesAwait {
      columns.awaits.appendVarint(UInt64(event.awaitedThread))
      columns.awaits.appendVarint(event.awaitedCount)
    }
    return UInt32(PackedToken.general)
  }

  private mutating func appendTime(_ nanoseconds: UInt64) {
    let tick = nanoseconds >> UInt64(tickShift)
    let difference = Int64(bitPattern: tick &- previousTick)
    previousTick = tick
    let zigzag = UInt64(bitPattern: difference << 1 ^ difference >> 63)
    if zigzag < 255 {
      columns.times.append(UInt8(truncatingIfNeeded: zigzag))
    } else {
      columns.times.append(255)
      columns.longTimes.appendVarint(zigzag)
    }
  }

  // MARK: Columns

  /// Writes the runs, and notes where the tokens of each thread begin.
  private mutating func writeRuns() {
    if cursors.count < model.threads.count { cursors.resize(to: model.threads.count, repeating: 0) }
    for index in 0..<runs.count {
      columns.runs.appendVarint(UInt64(runs[index].thread))
      columns.runs.appendVarint(UInt64(runs[index].length))
      cursors[Int(runs[index].thread)] = 0
    }
    for index in 0..<runs.count { cursors[Int(runs[index].thread)] -= Int(runs[index].length) }
    var next = 0
    for index in 0..<runs.count {
      let thread = Int(runs[index].thread)
      // What is still negative is a length; a place never is.
      guard cursors[thread] < 0 else { continue }
      let length = -cursors[thread]
      cursors[thread] = next
      next += length
    }
  }

  private mutating func writeTokens() {
    columns.tokens.resize(to: tokens.count, repeating: 0)
    var index = 0
    for run in 0..<runs.count {
      let thread = Int(runs[run].thread)
      var cursor = cursors[thread]
      for _ in 0..<runs[run].length {
        columns.tokens[cursor] = finalToken(tokens[index])
        index &+= 1
        cursor &+= 1
      }
      cursors[thread] = cursor
    }
  }

  private mutating func finalToken(_ token: UInt32) -> UInt8 {
    guard token >= Self.requestBase else { return UInt8(truncatingIfNeeded: token) }
    let request = token - Self.requestBase
    let assigned = requests.token(request)
    if assigned == PackedToken.rareRequest { columns.rareRequests.append(requests.request(request)) }
    return assigned
  }
}
