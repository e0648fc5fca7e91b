// SPDX-License-Identifier: MIT

import CLinux

/// A seccomp filter that stops a program at some system calls and lets all others pass: classic BPF over `struct
/// seccomp_data`, whose first words are the call's number and the architecture.
struct SyscallFilter {
  /// In the order in which they run.
  let instructions: [sock_filter]

  /// The calls of 32-bit programs, which have other numbers, pass.
  init(stoppingAt calls: [SyscallNumber]) {
    let load: UInt16 = 0x20  // BPF_LD | BPF_W | BPF_ABS
    let jumpIfEqual: UInt16 = 0x15  // BPF_JMP | BPF_JEQ | BPF_K
    let result: UInt16 = 0x06  // BPF_RET | BPF_K
    let architecture = UInt32(EM_X86_64) | 0x8000_0000 | 0x4000_0000  // AUDIT_ARCH_X86_64
    let count = UInt8(calls.count)
    var instructions = [
      sock_filter(code: load, jt: 0, jf: 0, k: 4),
      sock_filter(code: jumpIfEqual, jt: 0, jf: count + 1, k: architecture),
      sock_filter(code: load, jt: 0, jf: 0, k: 0),
    ]
    for (index, call) in calls.enumerated() {
      // Over those that are left, and over the one that lets pass.
      instructions.append(
        sock_filter(code: jumpIfEqual, jt: count - UInt8(index), jf: 0, k: UInt32(call.number)))
    }
    instructions.append(sock_filter(code: result, jt: 0, jf: 0, k: 0x7fff_0000))  // SECCOMP_RET_ALLOW
    instructions.append(sock_filter(code: result, jt: 0, jf: 0, k: 0x7ff0_0000))  // SECCOMP_RET_TRACE
    self.instructions = instructions
  }
}
