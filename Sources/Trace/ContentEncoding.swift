// SPDX-License-Identifier: MIT

/// How the content of a file is wrapped.
enum ContentEncoding {
  case plain
  case gzip
  case zstd
  case zip

  /// The encoding that a file's first bytes tell of.
  init(of bytes: TraceBytes) {
    if bytes.hasBytes(MallocBenchTrace.gzipMagic, at: 0) {
      self = .gzip
    } else if bytes.hasBytes(ZstdContent.magic, at: 0) {
      self = .zstd
    } else if bytes.hasBytes(ZipMember.localMagic, at: 0) || bytes.hasBytes(ZipMember.endMagic, at: 0) {
      self = .zip
    } else {
      self = .plain
    }
  }

  /// The content of a file that is wrapped so, from its begin.
  func open(_ bytes: TraceBytes) throws(TraceError) -> any ContentStream {
    switch self {
    case .plain: PlainContent(bytes)
    case .gzip: try InflatedContent(bytes, wrapper: .gzip)
    case .zstd: try ZstdContent(bytes)
    case .zip: try ZipContent(bytes)
    }
  }
}
