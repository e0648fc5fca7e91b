// SPDX-License-Identifier: MIT

import Events

/// Turns the decompressed content of frames back into placed events, and refuses what no program could have done.
struct FrameDecoder: ~Copyable {
  private struct Run: BitwiseCopyable {
    var thread: UInt32
    var length: UInt32
  }

  private(set) var model = SlotModel()
  private var requests = FlatArray<AllocationRequest>(capacity: PackedToken.requestLimit)
  private var runs = FlatArray<Run>()
  private var runIndex = 0
  private var runPosition: UInt32 = 0
  /// Where in the content the next token of a thread is.
  private var tokenCursors = FlatArray<Int>()
  private var cursors: PackedCursors?
  private var tick: UInt64 = 0
  private let tickShift: UInt64
  private let stackCount: UInt32?

  /// - Parameters:
  ///   - tickShift: base-two logarithm of the nanoseconds in a tick, below 64.
  ///   - stackCount: stacks that are defined; nil in a trace without stacks.
  init(tickShift: UInt8, stackCount: UInt32? = nil) {
    self.tickShift = UInt64(tickShift)
    self.stackCount = stackCount
  }

  /// Begins a frame of so many events.
  mutating func begin(_ content: borrowing FlatArray<UInt8>, eventCount: Int) throws(FrameFault) {
    var cursors = try PackedCursors(content: content, hasStacks: stackCount != nil)
    guard cursors.tokens.count == eventCount, cursors.times.remaining == eventCount else {
      throw FrameFault("the columns do not have a byte for every event")
    }
    requests.removeAll()
    while cursors.requests.remaining > 0 {
      guard requests.count < PackedToken.requestLimit else { throw FrameFault("too many requests in the table") }
      requests.append(try cursors.requests.request(of: content))
    }
    try readRuns(content, &cursors, eventCount: eventCount)
    self.cursors = cursors
  }

  /// Appends the next events of the frame, `limit` at most, to a batch; what is appended is zero events at its end.
  mutating func decode(
    _ content: borrowing FlatArray<UInt8>, limit: Int, into batch: inout [PlacedEvent]
  ) throws(FrameFault) {
    guard var cursors = self.cursors.take() else { return }
    defer { self.cursors = cursors }
    var left = limit
    while left > 0, runIndex < runs.count {
      let run = runs[runIndex]
      let count = min(run.length - runPosition, UInt32(left))
      var position = tokenCursors[Int(run.thread)]
      for _ in 0..<count {
        var event = PlacedEvent(.free, thread: run.thread)
        try decode(content[position], content, &cursors, &event)
        event.nanoseconds = try nextTime(content, &cursors)
        if let stackCount, event.kind.isAllocation {
          event.stack = try cursors.stacks.smallVarint(of: content)
          guard event.stack <= stackCount else { throw FrameFault("a stack that is not defined") }
        }
        batch.append(event)
        position &+= 1
      }
      tokenCursors[Int(run.thread)] = position
      left -= Int(count)
      runPosition += count
      if runPosition == run.length {
        runIndex += 1
        runPosition = 0
      }
    }
  }

  /// Checks that a frame said nothing more than its events.
  func finishFrame() throws(FrameFault) {
    guard let cursors, cursors.areAtEnd else { throw FrameFault("a column has bytes left over") }
  }

  // MARK: Events

  private mutating func decode(
    _ token: UInt8, _ content: borrowing FlatArray<UInt8>, _ cursors: inout PackedCursors, _ event: inout PlacedEvent
  ) throws(FrameFault) {
    // Only the first event of a thread may find it unstarted, and it is a general one.
    if token != PackedToken.general, event.thread >= model.threadCount {
      throw FrameFault("thread \(event.thread) acts before it starts")
    }
    if token >= PackedToken.rareRequest {
      let request: AllocationRequest
      if token == PackedToken.rareRequest {
        request = try cursors.rareRequests.request(of: content)
      } else {
        let index = Int(token - PackedToken.firstRequest)
        guard index < requests.count else { throw FrameFault("a request past the table") }
        request = requests[index]
      }
      event.kind = Event.Kind(rawValue: request.kind) ?? .malloc
      event.size = request.size
      event.alignmentShift = request.alignmentShift
      event.slot = model.predictedSlot(for: event.thread)
      wait(&event)
      model.allocate(event.slot, by: event.thread)
    } else if token >= PackedToken.firstFree {
      let reference = BlockReference(code: token - PackedToken.firstFree)
      event.slot = try slot(reference, event.thread, content, &cursors)
      wait(&event)
      model.free(event.slot, by: event.thread, foundBy: reference)
    } else {
      try decodeGeneral(content, &cursors, &event)
    }
  }

  private mutating func decodeGeneral(
    _ content: borrowing FlatArray<UInt8>, _ cursors: inout PackedCursors, _ event: inout PlacedEvent
  ) throws(FrameFault) {
    let operation = PackedOperation(byte: try cursors.operations.byte(of: content))
    guard let kind = operation.kind else { throw FrameFault("an operation of no known kind") }
    guard event.thread < model.threadCount ? kind != .threadStart : kind == .threadStart,
      event.thread <= model.threadCount
    else {
      throw FrameFault("thread \(event.thread) starts twice, or acts before it starts")
    }
    event.kind = kind
    switch kind {
    case .malloc, .calloc, .aligned:
      event.slot = model.predictedSlot(for: event.thread)
      if operation.givesSlot { event.slot = try cursors.slots.smallVarint(of: content) }
      guard event.slot != SlotModel.none, model.isVacant(event.slot) else {
        throw FrameFault("an allocation into slot \(event.slot), which is not free")
      }
      event.size = try cursors.sizes.size(of: content)
      if kind == .aligned { event.alignmentShift = try cursors.alignments.alignmentShift(of: content) }
      try wait(&event, operation, content, &cursors)
      model.allocate(event.slot, by: event.thread)
    case .free, .realloc:
      guard !operation.givesSlot else { throw FrameFault("a slot is given twice") }
      let code = try cursors.references.byte(of: content)
      guard code <= BlockReference.explicit.code else { throw FrameFault("a reference of no known form") }
      let reference = BlockReference(code: code)
      event.slot = try slot(reference, event.thread, content, &cursors)
      if kind == .realloc { event.size = try cursors.sizes.size(of: content) }
      try wait(&event, operation, content, &cursors)
      if kind == .free {
        model.free(event.slot, by: event.thread, foundBy: reference)
      } else {
        model.reallocate(event.slot, by: event.thread, foundBy: reference)
      }
    case .threadStart:
      guard !operation.givesSlot else { throw FrameFault("the start of a thread takes no slot") }
      var starter = model.predictedStarter()
      model.appendThread()
      if operation.givesAwait { starter = try dependence(content, &cursors, of: event.thread) }
      event.awaitedThread = starter.thread
      event.awaitedCount = starter.performedCount
      model.learn(by: event.thread, starter)
      model.start(event.thread)
    case .threadEnd:
      guard !operation.givesSlot, !operation.givesAwait else { throw FrameFault("the end of a thread awaits nothing") }
      model.end(event.thread)
    }
  }

  private func slot(
    _ reference: BlockReference, _ thread: UInt32, _ content: borrowing FlatArray<UInt8>,
    _ cursors: inout PackedCursors
  ) throws(FrameFault) -> UInt32 {
    if reference == .explicit {
      let slot = try cursors.slots.smallVarint(of: content)
      guard model.isLive(slot) else { throw FrameFault("a free or realloc of slot \(slot), which is not live") }
      return slot
    }
    guard let slot = model.slot(namedBy: reference, by: thread) else {
      throw FrameFault("a free or realloc of a block that is not there")
    }
    return slot
  }

  private mutating func wait(_ event: inout PlacedEvent) {
    guard let needed = model.dependence(of: event.thread, onSlot: event.slot) else { return }
    event.awaitedThread = needed.thread
    event.awaitedCount = needed.performedCount
    model.learn(by: event.thread, needed)
  }

  private mutating func wait(
    _ event: inout PlacedEvent, _ operation: PackedOperation, _ content: borrowing FlatArray<UInt8>,
    _ cursors: inout PackedCursors
  ) throws(FrameFault) {
    guard operation.givesAwait else {
      wait(&event)
      return
    }
    let given = try dependence(content, &cursors, of: event.thread)
    event.awaitedThread = given.thread
    event.awaitedCount = given.performedCount
    model.learn(by: event.thread, given)
    guard model.dependence(of: event.thread, onSlot: event.slot) == nil else {
      throw FrameFault("slot \(event.slot) is taken over without waiting")
    }
  }

  /// A given dependence on something that has happened already: following them in this order can never block.
  private func dependence(
    _ content: borrowing FlatArray<UInt8>, _ cursors: inout PackedCursors, of thread: UInt32
  ) throws(FrameFault) -> Dependence {
    let awaited = Dependence(
      thread: try cursors.awaits.smallVarint(of: content), performedCount: try cursors.awaits.varint(of: content))
    guard awaited.thread != thread, awaited.thread < model.threadCount,
      awaited.performedCount <= model.threads[Int(awaited.thread)].performedCount
    else { throw FrameFault("an event awaits what has not happened") }
    return awaited
  }

  // MARK: Columns

  @inline(__always)
  private mutating func nextTime(
    _ content: borrowing FlatArray<UInt8>, _ cursors: inout PackedCursors
  ) throws(FrameFault) -> UInt64 {
    var zigzag = UInt64(try cursors.times.byte(of: content))
    if zigzag == 255 { zigzag = try cursors.longTimes.varint(of: content) }
    tick &+= zigzag >> 1 ^ (0 &- (zigzag & 1))
    guard tick <= UInt64.max >> tickShift else { throw FrameFault("a time past the end of time") }
    return tick << tickShift
  }

  private mutating func readRuns(
    _ content: borrowing FlatArray<UInt8>, _ cursors: inout PackedCursors, eventCount: Int
  ) throws(FrameFault) {
    runs.removeAll()
    runIndex = 0
    runPosition = 0
    var total = 0
    // Threads that start in this frame are numbered before their starts are met.
    var threadLimit = model.threadCount
    while cursors.runs.remaining > 0 {
      let run = Run(
        thread: try cursors.runs.smallVarint(of: content), length: try cursors.runs.smallVarint(of: content))
      guard run.thread <= threadLimit, run.length > 0, Int(run.length) <= eventCount - total else {
        throw FrameFault("a run of \(run.length) events of thread \(run.thread)")
      }
      threadLimit = max(threadLimit, run.thread + 1)
      total += Int(run.length)
      runs.append(run)
    }
    guard total == eventCount else { throw FrameFault("the runs do not hold every event") }
    if tokenCursors.count < Int(threadLimit) { tokenCursors.resize(to: Int(threadLimit), repeating: 0) }
    locateTokens(begin: cursors.tokens.lowerBound)
  }

  /// Turns the runs into the place of the first token of each thread, in the order in which the threads first appear.
  private mutating func locateTokens(begin: Int) {
    for index in 0..<runs.count { tokenCursors[Int(runs[index].thread)] = 0 }
    for index in 0..<runs.count { tokenCursors[Int(runs[index].thread)] -= Int(runs[index].length) }
    var next = begin
    for index in 0..<runs.count {
      let thread = Int(runs[index].thread)
      // What is still negative is a length; a place never is.
      guard tokenCursors[thread] < 0 else { continue }
      let length = -tokenCursors[thread]
      tokenCursors[thread] = next
      next += length
    }
  }
}
