// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("The assembler for the kernel's virtual machine")
struct BPFAssemblerTests {
  /// An instruction as the kernel reads it: code, registers, offset, immediate, little-endian (RFC 9669, section 3).
  private func bytes(_ instruction: BPFInstruction) -> [UInt8] { withUnsafeBytes(of: instruction) { Array($0) } }

  @Test("lays instructions out as the kernel reads them")
  func layout() {
    #expect(MemoryLayout<BPFInstruction>.size == 8)
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    code.perform(.subtract, .r9, 7)
    code.load(.r8, .r6, 8)
    code.load(.r3, .r10, -4, .four)
    code.store(.r7, 16, .r0)
    code.store(.r10, -8, -1)
    code.call(.mapLookup)
    let lines = code.finished().map(bytes)
    #expect(lines[0] == [0xbf, 0x16, 0, 0, 0, 0, 0, 0])
    #expect(lines[1] == [0x17, 0x09, 0, 0, 7, 0, 0, 0])
    #expect(lines[2] == [0x79, 0x68, 8, 0, 0, 0, 0, 0])
    #expect(lines[3] == [0x61, 0xa3, 0xfc, 0xff, 0, 0, 0, 0])
    #expect(lines[4] == [0x7b, 0x07, 16, 0, 0, 0, 0, 0])
    #expect(lines[5] == [0x7a, 0x0a, 0xf8, 0xff, 0xff, 0xff, 0xff, 0xff])
    #expect(lines[6] == [0x85, 0, 0, 0, 1, 0, 0, 0])
  }

  @Test("takes two places for numbers of 64 bits")
  func wide() {
    var code = BPFAssembler()
    code.loadNumber(.r2, 0x1122_3344_5566_7788)
    code.loadMap(.r1, 5)
    code.loadMapValue(.r7, 6)
    let lines = code.finished().map(bytes)
    #expect(lines[0] == [0x18, 0x02, 0, 0, 0x88, 0x77, 0x66, 0x55])
    #expect(lines[1] == [0, 0, 0, 0, 0x44, 0x33, 0x22, 0x11])
    #expect(lines[2] == [0x18, 0x11, 0, 0, 5, 0, 0, 0])
    #expect(lines[4] == [0x18, 0x27, 0, 0, 6, 0, 0, 0])
    #expect(lines.count == 6)
  }

  @Test("counts jumps from the instruction behind them, in both directions")
  func jumps() {
    var code = BPFAssembler()
    code.label("begin")
    code.jump(to: "end", .equal, .r1, 0)
    code.jump(to: "begin", .greaterOrEqual, .r2, -4095)
    code.jump(to: "end", .notEqual, .r3, .r4)
    code.jump(to: "end")
    code.label("end")
    code.exit()
    let lines = code.finished().map(bytes)
    #expect(lines[0] == [0x15, 0x01, 3, 0, 0, 0, 0, 0])
    #expect(lines[1] == [0x35, 0x02, 0xfe, 0xff, 0x01, 0xf0, 0xff, 0xff])
    #expect(lines[2] == [0x5d, 0x43, 1, 0, 0, 0, 0, 0])
    #expect(lines[3] == [0x05, 0, 0, 0, 0, 0, 0, 0])
    #expect(lines.last == [0x95, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("has its mistakes told by the kernel", .enabled(if: Permission.ebpf, "BPF is not permitted to this user"))
  func refused() {
    var code = BPFAssembler()
    // What a function has returned may be no address.
    code.call(.nanoseconds)
    code.load(.r1, .r0, 0)
    code.exit()
    #expect {
      _ = try BPFAttachment("sys_enter", code.finished())
    } throws: { error in
      guard case SyscallBackendFailure.notVerified("sys_enter", let log) = error else { return false }
      return log.contains("R0")
    }
  }

  @Test(
    "has programs attached where the kernel has a tracepoint of the name, and nowhere else",
    .enabled(if: Permission.ebpf, "BPF is not permitted to this user"))
  func unknownTracepoint() {
    var code = BPFAssembler()
    code.exit()
    #expect(throws: SyscallBackendFailure.refused(call: "bpf(BPF_RAW_TRACEPOINT_OPEN) of no_such_place", errno: 2)) {
      _ = try BPFAttachment("no_such_place", code.finished())
    }
    #expect(throws: Never.self) { _ = try BPFAttachment("sys_enter", code.finished()) }
  }
}
