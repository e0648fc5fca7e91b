// SPDX-License-Identifier: MIT

/// Makes one sequence of the records of all rings, and resolves the samples' addresses by what was mapped when they were taken.
///
/// Rings are read one after another, again and again. What a round finds may be older than what another ring had in the same round,
/// but not older than the newest record of the round before: up to there records are put in order and used.
struct SampleCollector {
  /// A place in a module: an offset of its file, or an address of the kernel.
  struct Location: Hashable {
    var module: UInt32
    var offset: UInt64
  }

  /// A sample's time, weight and stack.
  struct TakenSample {
    var nanoseconds: UInt64
    var period: UInt64
    /// Of the tree.
    var node: UInt32
  }

  private(set) var modules = SampledModules()
  private(set) var locations: [Location] = []
  /// Stacks of locations.
  private(set) var tree = CallTree()
  private(set) var samples: [TakenSample] = []
  private(set) var lostCount: UInt64 = 0
  /// Samples by how many frames of the program they have; those without any are left out.
  private(set) var userDepthCounts: [UInt64] = []

  private var locationIndexes: [Location: UInt32] = [:]
  private var spaces: [Int32: AddressSpace] = [:]
  private var pending: [(nanoseconds: UInt64, number: UInt64, record: PerfRecord)] = []
  private var recordCount: UInt64 = 0
  private var newestNanoseconds: UInt64 = 0
  private var stack: [UInt32] = []

  /// Takes in what a process had mapped before it was looked at.
  mutating func begin(process: Int32, mappings: [PerfRecord.Mapping]) {
    for mapping in mappings { insert(mapping) }
  }

  /// Takes in a round: the records of every ring, one ring after the other.
  mutating func receive(_ bytes: UnsafeRawBufferPointer) {
    let usable = newestNanoseconds
    var offset = 0
    var byteCount = 0
    while offset < bytes.count {
      byteCount = 0
      let read = PerfRecord.read(bytes, at: offset, byteCount: &byteCount)
      // Without a length there is no next record either.
      guard byteCount >= 8 else { break }
      if let read, read.record != .other {
        pending.append((read.nanoseconds, recordCount, read.record))
        recordCount += 1
        newestNanoseconds = max(newestNanoseconds, read.nanoseconds)
      }
      offset += byteCount
    }
    use(upTo: usable)
  }

  /// Uses what is left.
  mutating func finish() { use(upTo: .max) }

  private mutating func use(upTo limit: UInt64) {
    // Records of the same time stay in the order in which they were written.
    pending.sort { ($0.nanoseconds, $0.number) < ($1.nanoseconds, $1.number) }
    let end = pending.firstIndex { $0.nanoseconds > limit } ?? pending.count
    for (nanoseconds, _, record) in pending[..<end] { use(record, nanoseconds) }
    pending.removeSubrange(..<end)
  }

  private mutating func use(_ record: PerfRecord, _ nanoseconds: UInt64) {
    switch record {
    case .sample(let sample): use(sample, nanoseconds)
    case .mapping(let mapping): insert(mapping)
    case .exec(let process): spaces[process] = AddressSpace()
    case .fork(let process, let parent): spaces[process] = spaces[parent]
    case .lost(let count): lostCount += count
    case .other: break
    }
  }

  private mutating func insert(_ mapping: PerfRecord.Mapping) {
    let (end, isTooLong) = mapping.start.addingReportingOverflow(mapping.byteCount)
    let module = modules.index(ofPath: mapping.path)
    spaces[mapping.process, default: AddressSpace()].insert(
      AddressSpace.Mapping(
        start: mapping.start, end: isTooLong ? .max : end, fileOffset: mapping.fileOffset, module: module))
  }

  private mutating func use(_ sample: PerfRecord.Sample, _ nanoseconds: UInt64) {
    stack.removeAll(keepingCapacity: true)
    var isKernel = false
    var isInnermost = true
    var userDepth = 0
    for address in sample.addresses {
      if address >= PerfRecord.contexts {
        isKernel = address == PerfRecord.kernelContext
        isInnermost = true
        continue
      }
      // The address of a caller is where it goes on, which may be the next function's already.
      let place = isInnermost || address == 0 ? address : address - 1
      isInnermost = false
      if isKernel {
        stack.append(index(of: Location(module: SampledModules.kernel, offset: place)))
      } else {
        userDepth += 1
        stack.append(location(of: place, process: sample.process))
      }
    }
    if userDepth > 0 {
      if userDepthCounts.count <= userDepth {
        userDepthCounts += repeatElement(0, count: userDepth + 1 - userDepthCounts.count)
      }
      userDepthCounts[userDepth] += 1
    }
    let node = tree.node(of: stack.reversed())
    samples.append(TakenSample(nanoseconds: nanoseconds, period: sample.period, node: node))
  }

  private mutating func location(of address: UInt64, process: Int32) -> UInt32 {
    if let known = spaces[process]?.knownLocations[address] { return known }
    var location = Location(module: SampledModules.unknown, offset: 0)
    if let mapping = spaces[process]?.mapping(at: address), mapping.module != SampledModules.unknown {
      location = Location(module: mapping.module, offset: address - mapping.start &+ mapping.fileOffset)
    }
    let index = index(of: location)
    spaces[process]?.knownLocations[address] = index
    return index
  }

  private mutating func index(of location: Location) -> UInt32 {
    if let known = locationIndexes[location] { return known }
    let index = UInt32(locations.count)
    locations.append(location)
    locationIndexes[location] = index
    return index
  }
}
