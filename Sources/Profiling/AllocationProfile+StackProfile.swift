// SPDX-License-Identifier: MIT

import Trace

extension AllocationProfile {
  /// What a profile of stacks counts, in its order.
  public static let measures: [ProfileMeasure] = [
    .allocatedBytes, .allocatedBlocks, .peakBytes, .peakBlocks, .leakedBytes, .leakedBlocks, .shortLivedBytes,
    .shortLivedBlocks, .lifetime, .ownPeakBytes, .ownPeakBlocks,
  ]

  /// The stack of calls that a trace's stack of no known beginning stands on.
  private static let truncatedFrame = StackFrame(function: "[truncated]")
  private static let failedFrame = StackFrame(function: "[not walked]")

  /// The profile that all forms of output are made of.
  ///
  /// - Parameter framesAt: What a call is in, the outermost first where the compiler put functions into one another: the
  ///   address of a byte of the call's instruction, and the module that it is in, nil when that is not known.
  public func stackProfile(
    framesAt: (_ address: UInt64, _ module: TraceModule?) throws -> [StackFrame]
  ) rethrows -> StackProfile {
    var profile = StackProfile(measures: Self.measures)
    profile.title = metadata.commandLine.joined(separator: " ")
    profile.durationNanoseconds = elapsedNanoseconds
    profile.peakNanoseconds = totals.peakNanoseconds
    profile.beginNanoseconds = metadata.startUnixNanoseconds == 0 ? nil : metadata.startUnixNanoseconds
    profile.shortLifetimeNanoseconds = shortLifetimeNanoseconds
    let nodes = try addNodes(to: &profile, framesAt: framesAt)
    for (stack, values) in valuesByStack { add(values, at: nodes[Int(stack)] ?? .root, to: &profile) }
    return profile
  }

  /// Gives every stack that allocated, and those that called it, a node: indexed by stack.
  private func addNodes(
    to profile: inout StackProfile, framesAt: (UInt64, TraceModule?) throws -> [StackFrame]
  ) rethrows -> [StackNode?] {
    var isUsed = [Bool](repeating: false, count: Int(stacks.count) + 1)
    for (stack, _) in valuesByStack {
      var stack = stack
      while stack != 0, !isUsed[Int(stack)] {
        isUsed[Int(stack)] = true
        stack = stacks.caller(of: stack)
      }
    }
    var nodes = [StackNode?](repeating: nil, count: isUsed.count)
    nodes[0] = .root
    // What an address is in depends on the module that was there when the stack was met, and that seldom changes.
    var known: [UInt64: (module: TraceModule?, frames: [FrameIndex])] = [:]
    for number in isUsed.indices.dropFirst() where isUsed[number] {
      let stack = UInt32(number)
      let address = stacks.returnAddress(of: stack)
      let module = stacks.module(of: stack)
      let frames: [FrameIndex]
      if let entry = known[address], entry.module == module {
        frames = entry.frames
      } else {
        frames = try self.frames(at: address, module, framesAt: framesAt).map { profile.index(of: $0) }
        known[address] = (module, frames)
      }
      // Callers have lower numbers.
      nodes[number] = frames.reduce(nodes[Int(stacks.caller(of: stack))] ?? .root) { caller, frame in
        profile.child(of: caller, calling: frame)
      }
    }
    return nodes
  }

  private func frames(
    at returnAddress: UInt64, _ module: TraceModule?, framesAt: (UInt64, TraceModule?) throws -> [StackFrame]
  ) rethrows -> [StackFrame] {
    switch returnAddress {
    case StackTable.truncatedAddress: return [Self.truncatedFrame]
    case StackTable.failedAddress: return [Self.failedFrame]
    default: return try framesAt(returnAddress - 1, module)
    }
  }

  private func add(_ values: AllocationValues, at node: StackNode, to profile: inout StackProfile) {
    let additive = [
      values.allocatedBytes, values.allocatedBlocks, values.peakBytes, values.peakBlocks, values.leakedBytes,
      values.leakedBlocks, values.shortLivedBytes, values.shortLivedBlocks, values.lifetimeNanoseconds,
    ]
    for (measure, value) in additive.enumerated() { profile.add(Self.whole(value), to: node, measure: measure) }
    profile.raise(to: Self.whole(values.ownPeakBytes), at: node, measure: 9)
    profile.raise(to: Self.whole(values.ownPeakBlocks), at: node, measure: 10)
  }

  /// Estimates of nothing can be a rounding error below it.
  private static func whole(_ value: Double) -> Int64 { Int64(max(value, 0).rounded()) }
}
