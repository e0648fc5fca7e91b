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
    case stackKind = 16
    case stackMethod = 17
    case stackDepth = 18
    case stackIntervalByteCount = 19
    case unwoundCount = 20
    case unwoundNanoseconds = 21
    case stacksByteCount = 22
    case stackRemarks = 23
  }

  /// Appends all fields that are not empty or zero.
  ///
  /// - Parameter stacksByteCount: the length of the compressed part that holds the stacks.
  func appendFields(tickShift: UInt8, stacksByteCount: Int = 0, to bytes: inout FlatArray<UInt8>) {
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
    if let stacks = stackRecording {
      Self.append(.stackKind, UInt64(stacks.kind.rawValue), to: &bytes)
      Self.append(.stackMethod, UInt64(stacks.method.rawValue), to: &bytes)
      Self.append(.stackDepth, UInt64(stacks.depth), to: &bytes)
      Self.append(.stackIntervalByteCount, stacks.intervalByteCount, to: &bytes)
      Self.append(.unwoundCount, stacks.unwoundCount, to: &bytes)
      Self.append(.unwoundNanoseconds, stacks.unwoundNanoseconds, to: &bytes)
      Self.append(.stacksByteCount, UInt64(stacksByteCount), to: &bytes)
      for remark in stacks.remarks { Self.append(.stackRemarks, remark, to: &bytes) }
    }
  }

  /// Reads the fields that fill `bytes`, and those that are of the file rather than of the program.
  init(
    fields bytes: borrowing FlatArray<UInt8>, tickShift: inout UInt8, stacksByteCount: inout UInt64
  ) throws(FrameFault) {
    var stacks = StackRecording(kind: .all, method: .framePointers, depth: 0, intervalByteCount: 0)
    self.init()
    // A field whose number is 0 is left out.
    order = .fine
    var hasStacks = false
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
      case .stackKind:
        guard let kind = StackRecording.Kind(rawValue: try value.byte(of: bytes)) else {
          throw FrameFault("an unknown kind of stacks")
        }
        stacks.kind = kind
        hasStacks = true
      case .stackMethod:
        guard let method = StackRecording.Method(rawValue: try value.byte(of: bytes)) else {
          throw FrameFault("an unknown way of taking stacks")
        }
        stacks.method = method
      case .stackDepth: stacks.depth = try value.smallVarint(of: bytes)
      case .stackIntervalByteCount: stacks.intervalByteCount = try value.varint(of: bytes)
      case .unwoundCount: stacks.unwoundCount = try value.varint(of: bytes)
      case .unwoundNanoseconds: stacks.unwoundNanoseconds = try value.varint(of: bytes)
      case .stacksByteCount: stacksByteCount = try value.varint(of: bytes)
      case .stackRemarks: stacks.remarks.append(value.text(of: bytes))
      }
    }
    if hasStacks { stackRecording = stacks }
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
