// SPDX-License-Identifier: MIT

import Events

@testable import Program

/// Reads a program back, by the documentation of `Instruction` and as plainly as can be.
struct ProgramDecoder {
  private(set) var header = ProgramHeader()
  /// What each thread does.
  private(set) var threads: [[Step]] = []
  /// How often windows were brought into memory.
  private(set) var loadCount = 0

  init(path: String, memoryByteCount: Int) throws {
    var image = try ProgramImage(path: path, memoryByteCount: memoryByteCount)
    header = image.header
    threads = Array(repeating: [], count: Int(header.threadCount))
    while try image.loadNextWindows() {
      loadCount += 1
      for thread in threads.indices where image.entries[thread] != 0 {
        decode(thread, image.words, from: Int(image.entries[thread]) - 1)
      }
    }
  }

  private mutating func decode(_ thread: Int, _ words: UnsafeMutablePointer<UInt32>, from begin: Int) {
    var position = begin
    while true {
      let opcode = words[position]
      func wide(at offset: Int) -> UInt64 {
        UInt64(words[position + offset]) | UInt64(words[position + offset + 1]) << 32
      }
      func call(_ kind: Event.Kind, alignmentShift: UInt8 = 0) -> Step {
        .call(kind, slot: words[position + 1], byteCount: wide(at: 2), alignmentShift: alignmentShift)
      }
      switch opcode & 0xff {
      case 0..<Instruction.patternLimit:
        position += pattern(thread, words + position)
        continue
      case Instruction.mallocLarge: threads[thread].append(call(.malloc))
      case Instruction.calloc: threads[thread].append(call(.calloc))
      case Instruction.realloc: threads[thread].append(call(.realloc))
      case Instruction.aligned: threads[thread].append(call(.aligned, alignmentShift: UInt8(opcode >> 8)))
      case Instruction.await: threads[thread].append(.await(thread: words[position + 1], count: wide(at: 2)))
      case Instruction.start:
        threads[thread].append(.start(thread: words[position + 1]))
        position += 2
        continue
      case Instruction.repeat:
        for _ in 0..<words[position + 2] {
          var inner = position - Int(words[position + 1])
          while inner < position { inner += pattern(thread, words + inner) }
        }
        position += 3
        continue
      case Instruction.pause:
        threads[thread].append(.pause(untilNanoseconds: wide(at: 1)))
        position += 3
        continue
      case Instruction.leave:
        let target = wide(at: 1)
        if target == 0 { return }
        position = Int(target) - 1
        continue
      default:
        threads[thread].append(.end)
        return
      }
      position += 4
    }
  }

  /// Adds the calls of a pattern; how many words it took.
  private mutating func pattern(_ thread: Int, _ words: UnsafeMutablePointer<UInt32>) -> Int {
    var position = 1
    for bit in (0..<(31 - words[0].leadingZeroBitCount)).reversed() {
      if words[0] >> UInt32(bit) & 1 == 0 {
        threads[thread].append(
          .call(.malloc, slot: words[position], byteCount: UInt64(words[position + 1]), alignmentShift: 0))
        position += 2
      } else {
        threads[thread].append(.call(.free, slot: words[position], byteCount: 0, alignmentShift: 0))
        position += 1
      }
    }
    return position
  }
}
