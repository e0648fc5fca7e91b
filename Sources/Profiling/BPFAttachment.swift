// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// A program that the kernel runs at a raw tracepoint for as long as this exists.
final class BPFAttachment {
  private let program: Int32
  private let link: Int32

  private static let logByteCount = 64 << 10

  /// Has the program verified and attached. Unlike tracepoints by name of a folder, this needs no file system of the kernel's.
  init(_ tracepoint: String, _ instructions: [BPFInstruction]) throws(SyscallBackendFailure) {
    let program = linux_bpf_load(instructions, UInt32(instructions.count), nil, 0)
    guard program >= 0 else { throw Self.refusal(of: tracepoint, instructions, errno: -program) }
    link = linux_bpf_attach(tracepoint, program)
    guard link >= 0 else {
      close(program)
      throw .refused(call: "bpf(BPF_RAW_TRACEPOINT_OPEN) of \(tracepoint)", errno: -link)
    }
    self.program = program
  }

  deinit {
    close(link)
    close(program)
  }

  /// A program that is refused is loaded once more to hear why.
  private static func refusal(
    of tracepoint: String, _ instructions: [BPFInstruction], errno code: Int32
  ) -> SyscallBackendFailure {
    guard code == EACCES || code == EINVAL else {
      return .refused(call: "bpf(BPF_PROG_LOAD) for \(tracepoint)", errno: code)
    }
    var log = [CChar](repeating: 0, count: logByteCount)
    let again = linux_bpf_load(instructions, UInt32(instructions.count), &log, UInt32(log.count))
    if again >= 0 { close(again) }
    let bytes = log.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    guard !bytes.isEmpty else { return .refused(call: "bpf(BPF_PROG_LOAD) for \(tracepoint)", errno: code) }
    return .notVerified(tracepoint: tracepoint, log: String(decoding: bytes, as: UTF8.self))
  }
}
