// SPDX-License-Identifier: MIT

import Glibc
import Trace

/// The files that samples lie in. They are opened when they are first met, because who is profiled may delete them.
struct SampledModules {
  static let unknown: UInt32 = 0
  static let kernel: UInt32 = 1

  private(set) var paths = ["", "[kernel]"]
  private(set) var files: [TraceBytes?] = [nil, nil]
  private var indexes: [String: UInt32] = [:]

  /// The module of a mapping's path, as the kernel has it.
  mutating func index(ofPath path: String) -> UInt32 {
    if let known = indexes[path] { return known }
    var index = Self.unknown
    if path == "[vdso]" {
      index = append(path, Self.ownVirtualObject())
    } else if path.hasPrefix("/"), !path.hasPrefix("//"), !path.hasPrefix("/dev/"), !path.hasPrefix("/memfd:") {
      index = append(path, try? TraceBytes(path: path))
    }
    indexes[path] = index
    return index
  }

  private mutating func append(_ path: String, _ file: TraceBytes?) -> UInt32 {
    paths.append(path)
    files.append(file)
    return UInt32(paths.count - 1)
  }

  /// What the kernel maps into every process, as this one has it.
  private static func ownVirtualObject() -> TraceBytes? {
    guard let mapping = ProcessMaps.read(process: getpid()).first(where: { $0.path == "[vdso]" }),
      let address = UnsafeRawPointer(bitPattern: UInt(mapping.start))
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: address, count: Int(mapping.byteCount))
    return TraceBytes(Array(bytes), path: "[vdso]")
  }
}
