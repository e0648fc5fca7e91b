// SPDX-License-Identifier: MIT

/// The file format of speedscope: all measures of a profile in one JSON file, one `sampled` profile each.
///
/// Source: speedscope, `src/lib/file-format-spec.ts` and https://www.speedscope.app/file-format-schema.json. Stacks have their
/// outermost frame first; `weights` has as many numbers as `samples` has stacks.
public enum SpeedscopeFile {
  public static func write(_ profile: StackProfile, to output: ProfileOutput) {
    let calls = SortedCalls(profile)
    output.write(#"{"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"acebench","name":"#)
    output.write(json: profile.title)
    output.write(#","activeProfileIndex":0,"shared":{"frames":["#)
    for (index, frame) in profile.frames.enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      output.write(#"{"name":"#)
      output.write(json: frame.origin == .kernel ? frame.function + "_[k]" : frame.function)
      if !frame.module.path.isEmpty {
        output.write(#","file":"#)
        output.write(json: frame.module.path)
      }
      output.write("}")
    }
    output.write("]},\"profiles\":[")
    var isFirst = true
    for measure in profile.measures.indices where profile.measures[measure].isAdditive {
      output.write(isFirst ? "\n" : ",\n")
      isFirst = false
      write(profile, calls, measure: measure, to: output)
    }
    output.write("]}\n")
  }

  private static func write(_ profile: StackProfile, _ calls: SortedCalls, measure: Int, to output: ProfileOutput) {
    output.write(#"{"type":"sampled","name":"#)
    output.write(json: profile.measures[measure].name)
    output.write(#","unit":"#)
    output.write(json: unit(profile.measures[measure].unit))
    output.write(#","startValue":0,"endValue":"#)
    output.write(profile.total(measure: measure))
    output.write(#","samples":["#)
    var stack: [UInt32] = []
    var isFirst = true
    func writeStack(_ node: StackNode) {
      guard profile.ownValue(of: node, measure: measure) != 0 else { return }
      output.write(isFirst ? "\n[" : ",\n[")
      isFirst = false
      for (index, frame) in stack.enumerated() {
        if index > 0 { output.write(",") }
        output.write(frame)
      }
      output.write("]")
    }
    writeStack(.root)
    calls.walk { node, _ in
      stack.append(profile.tree.nodes[Int(node.position)].frame)
      writeStack(node)
    } leave: {
      stack.removeLast()
    }
    output.write(#"],"weights":["#)
    isFirst = true
    func writeWeight(_ node: StackNode) {
      let value = profile.ownValue(of: node, measure: measure)
      guard value != 0 else { return }
      if !isFirst { output.write(",") }
      isFirst = false
      output.write(value)
    }
    writeWeight(.root)
    calls.walk { node, _ in writeWeight(node) }
    output.write("]}")
  }

  private static func unit(_ unit: ProfileMeasure.Unit) -> String {
    switch unit {
    case .count: "none"
    case .bytes: "bytes"
    case .nanoseconds: "nanoseconds"
    }
  }
}
