// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("Compressed contents")
struct ContentStreamTests {
  private static let text = "1: malloc 0x10 1\n1: free 0x10\n"

  /// What a content reads as, in pieces of a size.
  private func read(_ bytes: [UInt8], pieceByteCount: Int) throws -> [UInt8] {
    let file = TraceBytes(bytes, path: "sample")
    let content = try ContentEncoding(of: file).open(file)
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceByteCount)
    while case let count = try piece.withUnsafeMutableBytes({ try content.read(into: $0) }), count > 0 {
      all += piece[..<count]
    }
    return all
  }

  @Test("Every encoding gives the same content, in pieces of any size", arguments: [1, 7, 4096])
  func pieces(pieceByteCount: Int) throws {
    let plain = try ImportedTrace.bytes(ofCorpus: "heaptrack.raw")
    #expect(try read(plain, pieceByteCount: pieceByteCount) == plain)
    #expect(try read(MallocBenchMessage.gzip(plain), pieceByteCount: pieceByteCount) == plain)
    let members = MallocBenchMessage.gzip(Array(plain[..<100])) + MallocBenchMessage.gzip(Array(plain[100...]))
    #expect(try read(members, pieceByteCount: pieceByteCount) == plain)
    let frame = try ImportedTrace.bytes(ofCorpus: "heaptrack.raw.zst")
    #expect(try read(frame, pieceByteCount: pieceByteCount) == plain)
    #expect(try read(frame + frame, pieceByteCount: pieceByteCount) == plain + plain)
    let android = try ImportedTrace.bytes(ofCorpus: "android.txt")
    #expect(try read(ImportedTrace.bytes(ofCorpus: "android.zip"), pieceByteCount: pieceByteCount) == android)
  }

  @Test("A stored file is read from a zip, whatever the comment is")
  func stored() throws {
    var zip = StoredZip(Self.text)
    zip.comment = Array("PK\u{5}\u{6} is no end".utf8)
    #expect(try ImportedTrace(zip.bytes).words == ["1=malloc 1", "free 1"])
  }

  @Test("A zip that lies about its file is an error")
  func lies() throws {
    let lies: [(String, (inout StoredZip) -> Void)] = [
      ("two sizes", { $0.contentByteCount += 1 }), ("ends after", { $0.compressedByteCount = 1 << 30 }),
      ("checksum", { $0.checksum ^= 1 }), ("points to byte 7", { $0.localOffset = 7 }),
      ("no entry", { $0.directoryOffset = 5 }), ("no entry", { $0.directoryOffset = 1 << 31 }),
    ]
    for (words, lie) in lies {
      var zip = StoredZip(Self.text)
      lie(&zip)
      let fault = try #require(ImportedTrace.fault(zip.bytes), "\(words)")
      #expect(fault.what.contains(words), "\(fault.what)")
    }
    let whole = StoredZip(Self.text).bytes
    for length in 4..<whole.count {
      let fault = try #require(ImportedTrace.fault(Array(whole[..<length])))
      #expect(fault.what.contains("ends early"))
    }
  }

  @Test("A zip of a kind that is not read is refused with what to do")
  func refused() throws {
    let kinds: [(String, (inout StoredZip) -> Void)] = [
      ("encrypted", { $0.flags = 1 }), ("method 12", { $0.method = 12 }),
      ("64-bit", { $0.contentByteCount = .max }), ("64-bit", { $0.entryCount = .max }), ("disks", { $0.disk = 1 }),
      ("without a file", { $0.entryCount = 0 }), ("without a file", { $0.name = "folder/" }),
    ]
    for (words, change) in kinds {
      var zip = StoredZip(Self.text)
      change(&zip)
      let error = #expect(throws: TraceError.self) { try ImportedTrace(zip.bytes) }
      guard case .unsuitable(_, let what, let remedy) = error else {
        Issue.record("\(words): \(String(describing: error))")
        continue
      }
      #expect(what.contains(words), "\(what)")
      #expect(remedy.contains("unpack"))
    }
  }

  @Test("A deflated file that is longer or shorter than its zip says is an error")
  func deflatedLies() throws {
    let bytes = try ImportedTrace.bytes(ofCorpus: "android.zip")
    let directory = try #require(bytes.indices.last { bytes[$0...].starts(with: Array("PK\u{1}\u{2}".utf8)) })
    for (offset, words) in [(20, "damaged"), (24, "bytes"), (16, "checksum")] {
      for change in [UInt8(1), 255] {
        var lying = bytes
        lying[directory + offset] &+= change
        let fault = try #require(ImportedTrace.fault(lying))
        #expect(fault.what.contains(words) || fault.what.contains("early") || fault.what.contains("before"), "\(fault)")
      }
    }
  }

  @Test("A zstd frame that asks for a large window is refused, however small it is")
  func largeWindow() throws {
    // Magic; no content size, no checksum; a window of 2^41 bytes less nothing; one empty last block.
    let fault = try #require(ImportedTrace.fault([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00]))
    #expect(fault.what.hasPrefix("zstd says"))
  }

  @Test("Files that are cut are errors, or end within a line", arguments: ["heaptrack.raw.zst", "android.zip"])
  func cut(name: String) throws {
    let bytes = try ImportedTrace.bytes(ofCorpus: name)
    for length in 5..<bytes.count {
      #expect(throws: TraceError.self, "\(length)") { try ImportedTrace(Array(bytes[..<length])) }
    }
  }

  @Test("A line without an end is an error, and not held in memory")
  func longLine() throws {
    let fault = try #require(ImportedTrace.fault(Array(Self.text.utf8) + [UInt8](repeating: 65, count: 3 << 20)))
    #expect(fault.byteOffset == 30)
    #expect(fault.what.hasPrefix("line 3, more than"))
  }
}
