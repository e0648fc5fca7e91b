// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// A map that BPF programs and this process share; it goes when its last user does.
final class BPFMap {
  enum Kind {
    case hash
    /// One value for each key from 0.
    case array
    /// The same, with a value of its own for each processor.
    case arrayByProcessor

    var code: UInt32 {
      switch self {
      case .hash: BPF_MAP_TYPE_HASH.rawValue
      case .array: BPF_MAP_TYPE_ARRAY.rawValue
      case .arrayByProcessor: BPF_MAP_TYPE_PERCPU_ARRAY.rawValue
      }
    }
  }

  let descriptor: Int32
  /// Of what a key leads to, all processors' values together.
  private let wordCount: Int

  /// Keys are of 32 bits; values of `wordCount` words of 64 bits.
  init(_ kind: Kind, wordCount: Int, entryCount: Int) throws(SyscallBackendFailure) {
    descriptor = linux_bpf_create_map(kind.code, 4, UInt32(wordCount * 8), UInt32(entryCount))
    guard descriptor >= 0 else { throw .refused(call: "bpf(BPF_MAP_CREATE)", errno: -descriptor) }
    self.wordCount = kind == .arrayByProcessor ? wordCount * Self.processorCount : wordCount
  }

  deinit { close(descriptor) }

  /// The words of a key; nil when there is none.
  func words(_ key: UInt32) -> [UInt64]? {
    var key = key
    var words = [UInt64](repeating: 0, count: wordCount)
    return linux_bpf_element(linux_bpf_lookup(), descriptor, &key, &words) == 0 ? words : nil
  }

  /// Enters the words of a key, of all processors.
  func set(_ key: UInt32, _ words: [UInt64]) throws(SyscallBackendFailure) {
    var key = key
    var words = words + [UInt64](repeating: 0, count: max(0, wordCount - words.count))
    let result = linux_bpf_element(linux_bpf_update(), descriptor, &key, &words)
    guard result == 0 else { throw .refused(call: "bpf(BPF_MAP_UPDATE_ELEM)", errno: -result) }
  }

  func remove(_ key: UInt32) {
    var key = key
    _ = linux_bpf_element(linux_bpf_delete(), descriptor, &key, nil)
  }

  /// The keys of a hash at this time.
  func keys() -> [UInt32] {
    var keys: [UInt32] = []
    var next: UInt32 = 0
    guard linux_bpf_element(linux_bpf_next_key(), descriptor, nil, &next) == 0 else { return [] }
    repeat {
      keys.append(next)
      var last = next
      guard linux_bpf_element(linux_bpf_next_key(), descriptor, &last, &next) == 0 else { break }
    } while keys.count < 1 << 20
    return keys
  }

  /// How many processors the kernel can ever have, which is how many values it keeps: the last number of
  /// /sys/devices/system/cpu/possible, and one.
  private static let processorCount: Int = {
    guard let file = fopen("/sys/devices/system/cpu/possible", "re") else {
      return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_CONF))))
    }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = fread(&buffer, 1, buffer.count, file)
    fclose(file)
    let numbers = buffer[..<count].split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return (numbers.last.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0) + 1
  }()
}
