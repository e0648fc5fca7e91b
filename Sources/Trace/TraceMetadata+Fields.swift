// SPDX-License-Identifier: MIT

/// Metadata as fields: a number, the length of the value as a varint, and the value, which is a text or a varint.
extension TraceMetadata {
  /// The numbers of the fields; one that a reader does not know is skipped.
  private enum Field: UInt8 {
    case commandLine = 1
    case environment = 2
    case processIdentifier = 3
    case parentProcessIdentifier = 4
    case startUnixNanoseconds = 5
    case pageByteCount = 6
    case order = 7
    case lostEventCount = 8
    case conflictCount = 9
    case unendedThreadCount = 10
    case memoryMap = 11
    case origin = 12
    case remarks = 13
    case provenance = 14
    case tickShift = 15
  }

  /// Appends all fields that are not empty or zero.
  func appendFields(tickShift: UInt8, to bytes: inout FlatArray<UInt8>) {
    for argument in commandLine { Self.append(.commandLine, argument, to: &bytes) }
    for variable in environment { Self.append(.environment, variable, to: &bytes) }
    Self.append(.processIdentifier, UInt64(processIdentifier), to: &bytes)
    Self.append(.parentProcessIdentifier, UInt64(parentProcessIdentifier), to: &bytes)
    Self.append(.startUnixNanoseconds, startUnixNanoseconds, to: &bytes)
    Self.append(.pageByteCount, UInt64(pageByteCount), to: &bytes)
    Self.append(.order, UInt64(order.rawValue), to: &bytes)
    Self.append(.lostEventCount, lostEventCount, to: &bytes)
    Self.append(.conflictCount, conflictCount, to: &bytes)
    Self.append(.unendedThreadCount, unendedThreadCount, to: &bytes)
    if !memoryMap.isEmpty { Self.append(.memoryMap, memoryMap, to: &bytes) }
    if !origin.isEmpty { Self.append(.origin, origin, to: &bytes) }
    for remark in remarks { Self.append(.remarks, remark, to: &bytes) }
    if !provenance.isEmpty { Self.append(.provenance, provenance, to: &bytes) }
    Self.append(.tickShift, UInt64(tickShift), to: &bytes)
  }

  /// Reads the fields that fill `bytes`, and the tick shift that is one of them.
  init(fields bytes: borrowing FlatArray<UInt8>, tickShift: inout UInt8) throws(FrameFault) {
    self.init()
    // A field whose number is 0 is left out.
    order = .fine
    var cursor = ColumnCursor(0..<bytes.count)
    while cursor.remaining > 0 {
      let number = try cursor.byte(of: bytes)
      let length = try cursor.varint(of: bytes)
      guard length <= UInt64(cursor.remaining) else { throw FrameFault("a field of metadata ends early") }
      var value = cursor.split(Int(length))
      guard let field = Field(rawValue: number) else { continue }
      switch field {
      case .commandLine: commandLine.append(value.text(of: bytes))
      case .environment: environment.append(value.text(of: bytes))
      case .processIdentifier: processIdentifier = try value.smallVarint(of: bytes)
      case .parentProcessIdentifier: parentProcessIdentifier = try value.smallVarint(of: bytes)
      case .startUnixNanoseconds: startUnixNanoseconds = try value.varint(of: bytes)
      case .pageByteCount: pageByteCount = try value.smallVarint(of: bytes)
      case .order:
        guard let order = Order(rawValue: try value.byte(of: bytes)) else { throw FrameFault("an unknown order") }
        self.order = order
      case .lostEventCount: lostEventCount = try value.varint(of: bytes)
      case .conflictCount: conflictCount = try value.varint(of: bytes)
      case .unendedThreadCount: unendedThreadCount = try value.varint(of: bytes)
      case .memoryMap: memoryMap = value.text(of: bytes)
      case .origin: origin = value.text(of: bytes)
      case .remarks: remarks.append(value.text(of: bytes))
      case .provenance: provenance = value.text(of: bytes)
      case .tickShift:
        tickShift = try value.byte(of: bytes)
        guard tickShift < 64 else { throw FrameFault("a tick of 2 to the \(tickShift) nanoseconds") }
      }
    }
  }

  private static func append(_ field: Field, _ value: UInt64, to bytes: inout FlatArray<UInt8>) {
    guard value != 0 else { return }
    var encoded = FlatArray<UInt8>()
    encoded.appendVarint(value)
    bytes.append(field.rawValue)
    bytes.appendVarint(UInt64(encoded.count))
    for index in 0..<encoded.count { bytes.append(encoded[index]) }
  }

  private static func append(_ field: Field, _ value: String, to bytes: inout FlatArray<UInt8>) {
    bytes.append(field.rawValue)
    bytes.appendVarint(UInt64(value.utf8.count))
    for byte in value.utf8 { bytes.append(byte) }
  }
}
