// SPDX-License-Identifier: MIT

/// What a sampler has found, to be made into profiles: of everything, or of a span of time.
public struct SampledStacks {
  /// What made the processor take samples.
  public let event: SampledEvent
  /// Samples a second of time on a processor.
  public let frequency: UInt64
  /// Whether the kernel's own frames were seen.
  public let hasKernel: Bool
  private let collector: SampleCollector

  init(_ collector: SampleCollector, event: SampledEvent, frequency: UInt64, hasKernel: Bool) {
    self.collector = collector
    self.event = event
    self.frequency = frequency
    self.hasKernel = hasKernel
  }

  public var sampleCount: Int { collector.samples.count }
  /// Records that were not written because nobody had read the ones before; other than samples there are few.
  public var lostCount: UInt64 { collector.lostCount }
  /// When the first and the last sample were taken, as nanoseconds of CLOCK_MONOTONIC; nil when there is none.
  public var span: ClosedRange<UInt64>? {
    guard let first = collector.samples.first, let last = collector.samples.last else { return nil }
    return first.nanoseconds...last.nanoseconds
  }

  /// The middle number of the program's own frames in a sample; nil when no sample has any.
  public var medianUserDepth: Int? {
    let counts = collector.userDepthCounts
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    var seen: UInt64 = 0
    return counts.firstIndex { count in
      seen += count
      return seen * 2 >= total
    }
  }

  /// Whether stacks end so early that the program, or a library it is in most of the time, has to be without frame pointers
  /// (`-fno-omit-frame-pointer`): callers are then missing, not only names.
  public var lacksFramePointers: Bool { medianUserDepth.map { $0 <= 2 } ?? false }

  /// The profile of the samples in a span of CLOCK_MONOTONIC, or of all: measure 0 is `event.measure`, measure 1 the number of
  /// samples. Names come from the files as they were when the program mapped them.
  public func profile(during span: ClosedRange<UInt64>? = nil) -> StackProfile {
    var profile = StackProfile(measures: [event.measure, ProfileMeasure(name: "samples", unit: .count)])
    let samples = collector.samples.filter { span?.contains($0.nanoseconds) ?? true }
    let needsKernel = collector.locations.contains { $0.module == SampledModules.kernel }
    var symbols = ModuleSymbolizer(collector.modules, kernel: needsKernel ? KernelSymbols() : nil)
    var isNeeded = [Bool](repeating: false, count: collector.tree.count)
    for sample in samples { isNeeded[Int(sample.node)] = true }
    for position in stride(from: collector.tree.count - 1, to: 0, by: -1) where isNeeded[position] {
      isNeeded[Int(collector.tree.nodes[position].parent)] = true
    }
    var frames: [UInt32: FrameIndex] = [:]
    var places = [StackNode](repeating: .root, count: collector.tree.count)
    // A node comes after its caller, whose place is known then.
    for position in 1..<max(collector.tree.count, 1) where isNeeded[position] {
      let node = collector.tree.nodes[position]
      let frame =
        frames[node.frame] ?? profile.index(of: symbols.frame(at: collector.locations[Int(node.frame)]))
      frames[node.frame] = frame
      places[position] = profile.child(of: places[Int(node.parent)], calling: frame)
    }
    for sample in samples {
      let place = places[Int(sample.node)]
      profile.add(Int64(clamping: sample.period), to: place)
      profile.add(1, to: place, measure: 1)
    }
    let times = span ?? self.span
    profile.durationNanoseconds = times.map { $0.upperBound - $0.lowerBound }
    return profile
  }
}
