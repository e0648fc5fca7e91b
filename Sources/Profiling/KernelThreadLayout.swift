// SPDX-License-Identifier: MIT

import CLinux
import Glibc
import Measurement

/// Where the kernel keeps a thread's number in its own record of it (`struct task_struct`), and which number it gives to the
/// calling thread.
///
/// The place differs from build to build, and descriptions of it are not on every machine. So it is looked for:
/// a thread that is not its process's first one has the numbers of itself and of its process side by side in its record.
struct KernelThreadLayout {
  /// In bytes from the beginning of the record.
  var numberOffset: Int32
  /// The calling thread's number, as the kernel itself counts; a container may count otherwise.
  var ownThread: UInt32

  /// Numbers lie within the first kilobytes.
  private static let searchedByteCount = 8192

  init() throws(SyscallBackendFailure) {
    let dump = try BPFMap(.array, wordCount: 1 + Self.searchedByteCount / 8, entryCount: 1)
    // Others may look at the same time.
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    let mark = UInt64(clock.tv_nsec) << 32 ^ UInt64(getpid()) ^ SpanMark.argument
    let attachment = try BPFAttachment("sys_enter", Self.program(dump: dump.descriptor, mark: mark))
    let other = withExtendedLifetime(attachment) {
      Self.inOtherThread { linux_mark_span(false, mark) } ? dump.words(0) : nil
    }
    linux_mark_span(false, mark)
    guard let other, let own = dump.words(0), own[0] != other[0] else { throw .unknownLayout }
    let places = Self.places(in: other).filter(Self.places(in: own).contains)
    guard places.count == 1 else { throw .unknownLayout }
    numberOffset = Int32(places[0])
    ownThread = UInt32(truncatingIfNeeded: own[0])
    withExtendedLifetime(attachment) {}
  }

  /// Where a thread's and its process's number lie side by side in what was read of its record, in bytes.
  private static func places(in words: [UInt64]) -> [Int] {
    let thread = UInt32(truncatingIfNeeded: words[0])
    let process = UInt32(truncatingIfNeeded: words[0] >> 32)
    return words.withUnsafeBytes { bytes in
      let record = bytes.dropFirst(8)
      let numbers = UnsafeRawBufferPointer(rebasing: record).bindMemory(to: UInt32.self)
      return numbers.indices.dropLast().filter { numbers[$0] == thread && numbers[$0 + 1] == process }.map { $0 * 4 }
    }
  }

  /// Copies the record of whoever makes the call with the mark: its numbers as one word, then its first bytes.
  private static func program(dump: Int32, mark: UInt64) -> [BPFInstruction] {
    let programs = SyscallPrograms(threads: 0, counts: 0, control: 0, threadNumberOffset: 0)
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    code.load(.r1, .r6, 8)
    code.jump(to: "out", .notEqual, .r1, Int32(SYS_prctl))
    programs.readMark(&code)
    code.loadNumber(.r2, mark)
    code.jump(to: "out", .notEqual, .r1, .r2)
    code.loadMapValue(.r7, dump)
    code.call(.processAndThread)
    code.store(.r7, 0, .r0)
    code.call(.currentTask)
    code.perform(.move, .r8, .r0)
    // In halves: a record that is shorter than what is looked through may lie at the end of what there is to read.
    let half = Int32(searchedByteCount / 2)
    for part in [0, half] {
      code.perform(.move, .r1, .r7)
      code.perform(.add, .r1, 8 + part)
      code.perform(.move, .r2, half)
      code.perform(.move, .r3, .r8)
      code.perform(.add, .r3, part)
      code.call(.probeRead)
    }
    code.label("out")
    code.exit()
    return code.finished()
  }

  /// Does something in a thread of its own; false when the system starts none.
  private static func inOtherThread(_ body: @escaping () -> Void) -> Bool {
    let box = Unmanaged.passRetained(ThreadBody(body))
    var handle: pthread_t = 0
    let result = linux_start_thread(
      &handle, 256 << 10,
      { argument in
        if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeUnretainedValue().body() }
        return nil
      }, box.toOpaque())
    if result == 0 { pthread_join(handle, nil) }
    box.release()
    return result == 0
  }
}

/// What a thread does.
private final class ThreadBody {
  let body: () -> Void

  init(_ body: @escaping () -> Void) { self.body = body }
}
