// SPDX-License-Identifier: MIT

/// Opens traces of every format that can be read, told apart by their content.
public enum TraceFile {
  /// Opens a trace.
  ///
  /// - Throws: `TraceError.unknownFormat` when the content is of no format known here.
  public static func open(path: String) throws(TraceError) -> any TraceSource {
    try open(TraceBytes(path: path))
  }

  /// Opens a trace in memory.
  public static func open(_ bytes: TraceBytes) throws(TraceError) -> any TraceSource {
    if RawTraceReader.recognizes(bytes) { return try RawTraceReader(bytes) }
    if bytes.hasBytes(PackedFormat.magic, at: 0) { return try PackedTraceReader(bytes) }
    if bytes.hasBytes(MallocBenchTrace.gzipMagic, at: 0) { return try MallocBenchTrace(bytes) }
    throw .unknownFormat(path: bytes.path)
  }
}
