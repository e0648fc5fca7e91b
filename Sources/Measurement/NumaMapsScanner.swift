// SPDX-License-Identifier: MIT

/// Counts resident bytes by NUMA node in the text of `/proc/<pid>/numa_maps` (numa(7)), however it is cut into pieces,
/// without allocating.
///
/// A line is a mapping: its address, its policy, and words. `N1=7` says that seven of its pages lie on node 1,
/// `kernelpagesize_kB=4` at the line's end how large they are. Spaces in names of files are written `\040`.
struct NumaMapsScanner {
  private enum Word {
    case start
    /// Behind an N at the word's start; nil before its first digit.
    case node(Int?)
    case pageCount(node: Int, UInt64)
    /// So many bytes of the label have been seen.
    case pageSizeLabel(Int)
    case pageSize(UInt64)
    case other
  }

  private static let pageSizeLabel: StaticString = "kernelpagesize_kB="
  private static let defaultPageKilobytes: UInt64 = 4

  /// Bytes of each node; room for `NumaPolicy.nodeLimit`.
  private let byteCounts: UnsafeMutablePointer<UInt64>
  /// Pages of the line so far; the same room, all zero between lines.
  private let linePageCounts: UnsafeMutablePointer<UInt64>
  private var word = Word.start
  private var pageKilobytes = Self.defaultPageKilobytes
  /// The highest node of the line, and one.
  private var lineNodeCount = 0

  /// - Parameters:
  ///   - byteCounts: What is found is added here.
  ///   - linePageCounts: Zeros, and zeros again at the end.
  init(byteCounts: UnsafeMutablePointer<UInt64>, linePageCounts: UnsafeMutablePointer<UInt64>) {
    self.byteCounts = byteCounts
    self.linePageCounts = linePageCounts
  }

  /// Takes the next piece.
  mutating func scan(_ text: UnsafeRawBufferPointer) {
    for byte in text {
      switch byte {
      case UInt8(ascii: " "): endWord()
      case UInt8(ascii: "\n"): endLine()
      default: word = extended(by: byte)
      }
    }
  }

  /// Takes the end of the text for the end of its last line.
  mutating func finish() { endLine() }

  private func extended(by byte: UInt8) -> Word {
    let digit = byte &- UInt8(ascii: "0")
    switch word {
    case .start where byte == UInt8(ascii: "N"): return .node(nil)
    case .start: return labelled(0, byte)
    case .node(let number) where digit < 10:
      let number = (number ?? 0) * 10 + Int(digit)
      return number < NumaPolicy.nodeLimit ? .node(number) : .other
    case .node(let number?) where byte == UInt8(ascii: "="): return .pageCount(node: number, 0)
    case .pageCount(let node, let count) where digit < 10: return .pageCount(node: node, count &* 10 &+ UInt64(digit))
    case .pageSizeLabel(let count): return labelled(count, byte)
    case .pageSize(let size) where digit < 10: return .pageSize(size &* 10 &+ UInt64(digit))
    default: return .other
    }
  }

  private func labelled(_ count: Int, _ byte: UInt8) -> Word {
    let label = Self.pageSizeLabel
    guard byte == label.utf8Start[count] else { return .other }
    return count + 1 == label.utf8CodeUnitCount ? .pageSize(0) : .pageSizeLabel(count + 1)
  }

  private mutating func endWord() {
    switch word {
    case .pageCount(let node, let count):
      linePageCounts[node] &+= count
      lineNodeCount = max(lineNodeCount, node + 1)
    case .pageSize(let size): pageKilobytes = size
    default: break
    }
    word = .start
  }

  private mutating func endLine() {
    endWord()
    for node in 0..<lineNodeCount {
      byteCounts[node] &+= (linePageCounts[node] &* pageKilobytes) << 10
      linePageCounts[node] = 0
    }
    lineNodeCount = 0
    pageKilobytes = Self.defaultPageKilobytes
  }
}
