// SPDX-License-Identifier: MIT

/// The format of `go tool pprof` and of those who took it over: a protobuf message, compressed with gzip.
///
/// Source: google/pprof, `proto/profile.proto`. Stacks have their innermost frame first; the first text is empty; numbers of
/// mappings, locations and functions begin at 1.
public struct PprofFile {
  private enum Field {
    static let sampleType: UInt64 = 1
    static let sample: UInt64 = 2
    static let mapping: UInt64 = 3
    static let location: UInt64 = 4
    static let function: UInt64 = 5
    static let text: UInt64 = 6
    static let beginNanoseconds: UInt64 = 9
    static let durationNanoseconds: UInt64 = 10
    static let periodType: UInt64 = 11
    static let period: UInt64 = 12
    static let comment: UInt64 = 13
    static let defaultSampleType: UInt64 = 14
  }

  private let profile: StackProfile
  /// Measures that may be added up, which is what readers do.
  private let measures: [Int]
  private var texts: [String] = [""]
  private var textIndexes: [String: UInt64] = ["": 0]

  /// Writes a profile.
  ///
  /// - Throws: `system` when there is no memory for compressing; what goes wrong with the output, its `finish` says.
  public static func write(_ profile: StackProfile, to output: ProfileOutput) throws(ProfilingError) {
    let compressed = try GzipOutput(output)
    var file = PprofFile(profile)
    file.write(to: compressed)
    compressed.finish()
  }

  private init(_ profile: StackProfile) {
    self.profile = profile
    measures = profile.measures.indices.filter { profile.measures[$0].isAdditive }
  }

  private mutating func index(of text: some StringProtocol) -> UInt64 {
    let text = String(text)
    if let known = textIndexes[text] { return known }
    texts.append(text)
    textIndexes[text] = UInt64(texts.count - 1)
    return UInt64(texts.count - 1)
  }

  private mutating func write(to output: borrowing GzipOutput) {
    var message = ProtobufMessage()
    for measure in measures { message.append(type(profile.measures[measure]), field: Field.sampleType) }
    appendFrames(to: &message)
    output.write(message.bytes)
    writeSamples(to: output)
    message.removeAll()
    message.append(profile.beginNanoseconds ?? 0, field: Field.beginNanoseconds)
    message.append(profile.durationNanoseconds ?? 0, field: Field.durationNanoseconds)
    if let first = measures.first {
      message.append(index(of: Self.identifier(profile.measures[first])), field: Field.defaultSampleType)
      message.append(type(profile.measures[first]), field: Field.periodType)
      message.append(1 as UInt64, field: Field.period)
    }
    if !profile.title.isEmpty { message.append(packed: [index(of: profile.title)], field: Field.comment) }
    for text in texts { message.append(text.utf8, field: Field.text) }
    output.write(message.bytes)
  }

  private mutating func type(_ measure: ProfileMeasure) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.append(index(of: Self.identifier(measure)), field: 1)
    message.append(index(of: measure.unit.rawValue), field: 2)
    return message
  }

  /// Readers know measures of memory by these names; others are one word.
  static func identifier(_ measure: ProfileMeasure) -> String {
    switch measure {
    case .allocatedBytes: "alloc_space"
    case .allocatedBlocks: "alloc_objects"
    case .leakedBytes: "inuse_space"
    case .leakedBlocks: "inuse_objects"
    default: String(measure.name.map { $0 == " " || $0 == "-" ? "_" : $0 })
    }
  }

  /// Mappings, locations and functions: one function and one location for each frame, with the frame's number.
  private mutating func appendFrames(to message: inout ProtobufMessage) {
    var modules: [ProfileModule: UInt64] = [:]
    for frame in profile.frames where frame.module != .unknown && modules[frame.module] == nil {
      let identifier = UInt64(modules.count + 1)
      modules[frame.module] = identifier
      var mapping = ProtobufMessage()
      mapping.append(identifier, field: 1)
      mapping.append(index(of: frame.module.path), field: 5)
      mapping.append(index(of: frame.module.buildIdentifier), field: 6)
      // Names are here, so that nobody looks for the file.
      mapping.append(true, field: 7)
      message.append(mapping, field: Field.mapping)
    }
    for (position, frame) in profile.frames.enumerated() {
      let identifier = UInt64(position + 1)
      var function = ProtobufMessage()
      function.append(identifier, field: 1)
      function.append(index(of: frame.function), field: 2)
      function.append(index(of: frame.module.path), field: 4)
      message.append(function, field: Field.function)
      var line = ProtobufMessage()
      line.append(identifier, field: 1)
      var location = ProtobufMessage()
      location.append(identifier, field: 1)
      location.append(modules[frame.module] ?? 0, field: 2)
      location.append(frame.address, field: 3)
      location.append(line, field: 4)
      message.append(location, field: Field.location)
    }
  }

  private func writeSamples(to output: borrowing GzipOutput) {
    var message = ProtobufMessage()
    for node in profile.nodes {
      let values = measures.map { UInt64(bitPattern: profile.ownValue(of: node, measure: $0)) }
      guard values.contains(where: { $0 != 0 }) else { continue }
      var stack: [UInt64] = []
      var caller = node
      while let next = profile.parent(of: caller) {
        stack.append(UInt64(profile.tree.nodes[Int(caller.position)].frame) + 1)
        caller = next
      }
      var sample = ProtobufMessage()
      sample.append(packed: stack, field: 1)
      sample.append(packed: values, field: 2)
      message.append(sample, field: Field.sample)
      if message.bytes.count > 1 << 16 {
        output.write(message.bytes)
        message.removeAll()
      }
    }
    output.write(message.bytes)
  }
}
