// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

/// What becomes of a file of another tool.
struct ImportedTrace {
  let metadata: TraceMetadata
  let events: [Event]
  let summary: EventSummary

  /// Reads bytes, and sends their events through `Placement` as an import does.
  init(_ bytes: [UInt8], as format: TraceFormat? = nil) throws {
    let source = try TraceFile.open(TraceBytes(bytes, path: "sample"), as: format)
    let collected = CollectedEvents()
    try source.send(to: collected)
    metadata = source.metadata
    events = collected.events
    let placement = Placement(into: PlacedEventRules())
    try placement.receive(events)
    summary = placement.finish()
  }

  init(_ text: String, as format: TraceFormat? = nil) throws { try self.init(Array(text.utf8), as: format) }

  /// Reads a file of the corpus.
  init(corpus name: String) throws { try self.init(Self.bytes(ofCorpus: name)) }

  static func bytes(ofCorpus name: String) throws -> [UInt8] {
    let path = try #require(FuzzCorpus.paths.first { $0.hasSuffix("/\(name)") })
    let bytes = try TraceBytes(path: path)
    return (0..<bytes.count).map { bytes[$0] }
  }

  /// The events in words, blocks numbered in order of first appearance; the thread stands before all but thread 0's.
  var words: [String] {
    var names: [UInt64: Int] = [:]
    func name(_ block: UInt64) -> Int {
      if names[block] == nil { names[block] = names.count + 1 }
      return names[block] ?? 0
    }
    return events.map { event in
      let thread = event.thread == 0 ? "" : "t\(event.thread) "
      switch event.kind {
      case .malloc: return "\(thread)\(name(event.block))=malloc \(event.size)"
      case .calloc: return "\(thread)\(name(event.block))=calloc \(event.size)"
      case .aligned: return "\(thread)\(name(event.block))=aligned \(event.size) @\(1 << Int(event.alignmentShift))"
      case .realloc: return "\(thread)\(name(event.block))=realloc \(name(event.formerBlock)) \(event.size)"
      case .free: return "\(thread)free \(name(event.block))"
      case .threadStart: return "\(thread)start"
      case .threadEnd: return "\(thread)end"
      }
    }
  }

  /// What is wrong with bytes, and where; nil when they can be read.
  static func fault(_ bytes: [UInt8], as format: TraceFormat? = nil) -> (byteOffset: UInt64, what: String)? {
    do {
      _ = try ImportedTrace(bytes, as: format)
      return nil
    } catch TraceError.malformed(_, let byteOffset, let what) {
      return (byteOffset, what)
    } catch {
      Issue.record("\(error)")
      return nil
    }
  }

  static func fault(_ text: String, as format: TraceFormat? = nil) -> (byteOffset: UInt64, what: String)? {
    fault(Array(text.utf8), as: format)
  }
}
