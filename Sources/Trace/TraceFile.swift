// SPDX-License-Identifier: MIT

/// Opens traces of every format that can be read, told apart by their content.
public enum TraceFile {
  /// Opens a trace.
  ///
  /// - Parameter format: what another tool's file is in; nil to find out.
  /// - Throws: `TraceError.unknownFormat` when the content is of no format known here.
  public static func open(path: String, as format: TraceFormat? = nil) throws(TraceError) -> any TraceSource {
    try open(TraceBytes(path: path), as: format)
  }

  /// Opens a trace in memory.
  public static func open(_ bytes: TraceBytes, as format: TraceFormat? = nil) throws(TraceError) -> any TraceSource {
    if let format { return try format.open(bytes) }
    if RawTraceReader.recognizes(bytes) { return try RawTraceReader(bytes) }
    if bytes.hasBytes(PackedFormat.magic, at: 0) { return try PackedTraceReader(bytes) }
    if GlibcWorkload.recognizes(bytes) { return try GlibcWorkload(bytes) }
    return try openText(bytes)
  }

  /// Opens a trace whose content, as it is or decompressed, is text; or one of malloc-bench, compressed but no text.
  private static func openText(_ bytes: TraceBytes) throws(TraceError) -> any TraceSource {
    let encoding = ContentEncoding(of: bytes)
    if encoding == .gzip {
      // Damage is malloc-bench's to report where there is nothing that could be read as text.
      let content = try encoding.open(bytes)
      guard let format = try? TraceFormat.sniff(content, path: bytes.path) else { return try MallocBenchTrace(bytes) }
      return try format.open(bytes)
    }
    guard let format = try sniff(bytes, encoding) else { throw .unknownFormat(path: bytes.path) }
    return try format.open(bytes)
  }

  /// The format of a text; a file that is not compressed and has no lines is in none.
  private static func sniff(_ bytes: TraceBytes, _ encoding: ContentEncoding) throws(TraceError) -> TraceFormat? {
    let content = try encoding.open(bytes)
    guard encoding == .plain else { return try TraceFormat.sniff(content, path: bytes.path) }
    return try? TraceFormat.sniff(content, path: bytes.path)
  }
}
