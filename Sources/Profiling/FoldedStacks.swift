// SPDX-License-Identifier: MIT

/// One line for each stack: its frames from the outermost on with semicolons between them, a space, and what was counted.
///
/// Source of the form: Brendan Gregg, "Flame Graphs", the output of `stackcollapse`; two numbers in a line are those of
/// `difffolded`. Readers take whole numbers only. A kernel's function ends in `_[k]`, an inlined one in `_[i]`.
public enum FoldedStacks {
  /// Writes what was counted of some measures, a column each; lines in which all are 0 are left out.
  public static func write(_ profile: StackProfile, measures: [Int] = [0], to output: ProfileOutput) {
    let names = profile.frames.map(name)
    var line: [UInt8] = []
    var lengths: [Int] = []
    write(StackNode.root, of: profile, measures: measures, line: Array("[no stack]".utf8), to: output)
    SortedCalls(profile).walk { node, _ in
      lengths.append(line.count)
      if !line.isEmpty { line.append(UInt8(ascii: ";")) }
      line += names[Int(profile.tree.nodes[Int(node.position)].frame)]
      write(node, of: profile, measures: measures, line: line, to: output)
    } leave: {
      line.removeSubrange(lengths.removeLast()...)
    }
  }

  private static func write(
    _ node: StackNode, of profile: StackProfile, measures: [Int], line: [UInt8], to output: ProfileOutput
  ) {
    guard measures.contains(where: { profile.ownValue(of: node, measure: $0) != 0 }) else { return }
    output.write(line)
    for measure in measures {
      output.write(" ")
      output.write(profile.ownValue(of: node, measure: measure))
    }
    output.write("\n")
  }

  /// What stands between frames and between lines may not stand within a name.
  private static func name(_ frame: StackFrame) -> [UInt8] {
    var name = frame.function.utf8.map { byte in
      switch byte {
      case UInt8(ascii: ";"): UInt8(ascii: ":")
      case 0..<0x20: UInt8(ascii: " ")
      default: byte
      }
    }
    if frame.origin == .kernel {
      name += Array("_[k]".utf8)
    } else if frame.isInlined {
      name += Array("_[i]".utf8)
    }
    return name
  }
}
