// SPDX-License-Identifier: MIT

import CZlib
import Testing

/// A profile of pprof's as its readers see it, read with nothing but the rules of the encoding.
struct PprofMessage {
  struct Sample: Equatable {
    var locations: [UInt64]
    var values: [Int64]
  }

  var sampleTypes: [[String]] = []
  var samples: [Sample] = []
  /// By identifier.
  var mappings: [UInt64: (path: String, buildIdentifier: String)] = [:]
  var locations: [UInt64: (mapping: UInt64, address: UInt64, function: UInt64)] = [:]
  var functions: [UInt64: (name: String, path: String)] = [:]
  var texts: [String] = []
  var defaultSampleType = ""
  var durationNanoseconds: UInt64 = 0
  var comments: [String] = []

  private enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)

    var number: UInt64 { if case .number(let number) = self { number } else { 0 } }
    var bytes: ArraySlice<UInt8> { if case .bytes(let bytes) = self { bytes } else { [] } }
  }

  init(gzip bytes: [UInt8]) throws {
    let fields = try Self.fields(try Self.inflated(bytes)[...])
    texts = fields.filter { $0.0 == 6 }.map { String(decoding: $0.1.bytes, as: UTF8.self) }
    func text(_ index: UInt64) throws -> String {
      try #require(index < UInt64(texts.count))
      return texts[Int(index)]
    }
    for (field, value) in fields {
      switch field {
      case 1: sampleTypes.append(try Self.fields(value.bytes).map { try text($0.1.number) })
      case 2:
        let parts = try Self.fields(value.bytes)
        samples.append(
          Sample(
            locations: try Self.packed(parts.first { $0.0 == 1 }?.1.bytes ?? []),
            values: try Self.packed(parts.first { $0.0 == 2 }?.1.bytes ?? []).map { Int64(bitPattern: $0) }))
      case 3:
        let parts = try Self.members(value.bytes)
        mappings[parts[1] ?? 0] = (try text(parts[5] ?? 0), try text(parts[6] ?? 0))
      case 4:
        let line = try #require(try Self.fields(value.bytes).first { $0.0 == 4 })
        let parts = try Self.members(value.bytes)
        locations[parts[1] ?? 0] = (parts[2] ?? 0, parts[3] ?? 0, try Self.members(line.1.bytes)[1] ?? 0)
      case 5:
        let parts = try Self.members(value.bytes)
        functions[parts[1] ?? 0] = (try text(parts[2] ?? 0), try text(parts[4] ?? 0))
      case 10: durationNanoseconds = value.number
      case 13: comments = try Self.packed(value.bytes).map(text)
      case 14: defaultSampleType = try text(value.number)
      default: break
      }
    }
  }

  private static func fields(_ bytes: ArraySlice<UInt8>) throws -> [(UInt64, Value)] {
    var rest = bytes
    var fields: [(UInt64, Value)] = []
    while !rest.isEmpty {
      let tag = try varint(&rest)
      if tag & 7 == 0 {
        fields.append((tag >> 3, .number(try varint(&rest))))
      } else {
        try #require(tag & 7 == 2)
        let count = Int(try varint(&rest))
        try #require(count <= rest.count)
        fields.append((tag >> 3, .bytes(rest.prefix(count))))
        rest = rest.dropFirst(count)
      }
    }
    return fields
  }

  private static func members(_ bytes: ArraySlice<UInt8>) throws -> [UInt64: UInt64] {
    Dictionary(try fields(bytes).map { ($0.0, $0.1.number) }, uniquingKeysWith: { first, _ in first })
  }

  private static func packed(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
    var rest = bytes
    var numbers: [UInt64] = []
    while !rest.isEmpty { numbers.append(try varint(&rest)) }
    return numbers
  }

  private static func varint(_ bytes: inout ArraySlice<UInt8>) throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let first = bytes.popFirst()
      let byte = try #require(first)
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
    let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    state.initialize(to: z_stream())
    defer { state.deallocate() }
    try #require(inflateInit2_(state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    var result: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    var input = bytes
    var status = Z_OK
    input.withUnsafeMutableBufferPointer { source in
      state.pointee.next_in = source.baseAddress
      state.pointee.avail_in = UInt32(source.count)
      while status == Z_OK {
        let count = part.withUnsafeMutableBufferPointer { target in
          state.pointee.next_out = target.baseAddress
          state.pointee.avail_out = UInt32(target.count)
          status = inflate(state, Z_NO_FLUSH)
          return target.count - Int(state.pointee.avail_out)
        }
        result += part[..<count]
      }
    }
    inflateEnd(state)
    try #require(status == Z_STREAM_END)
    return result
  }
}
