// SPDX-License-Identifier: MIT

/// The file format of DHAT, version 2, which `dh_view.html` and the Firefox profiler read: for each stack that allocated, what
/// became of its blocks.
///
/// Source: Valgrind, `dhat/dh_main.c`, "File format notes". Stacks have their innermost frame first, and frame 0 is `[root]`.
public enum DHATFile {
  /// What a profile has to count.
  public static let neededMeasures: [ProfileMeasure] = [
    .allocatedBytes, .allocatedBlocks, .lifetime, .ownPeakBytes, .ownPeakBlocks, .peakBytes, .peakBlocks, .leakedBytes,
    .leakedBlocks,
  ]

  /// What they are called in the file, in the same order.
  private static let keys = ["tb", "tbk", "tl", "mb", "mbk", "gb", "gbk", "eb", "ebk"]

  /// Writes a profile of allocations. Times are in nanoseconds.
  ///
  /// - Throws: `differentMeasures` when the profile does not count what is needed.
  public static func write(_ profile: StackProfile, to output: ProfileOutput) throws(ProfilingError) {
    let measures = neededMeasures.compactMap(profile.index)
    guard measures.count == neededMeasures.count else { throw .differentMeasures(profile.measures, neededMeasures) }
    output.write(#"{"dhatFileVersion":2,"mode":"heap","verb":"Allocated","bklt":true,"bkacc":false"#)
    output.write("\n,\"tu\":\"ns\",\"Mtu\":\"ms\",\"tuth\":")
    output.write(profile.shortLifetimeNanoseconds ?? 1000)
    output.write("\n,\"cmd\":")
    output.write(json: profile.title)
    output.write(",\"pid\":")
    output.write(profile.processIdentifier ?? 0)
    output.write("\n,\"te\":")
    output.write(profile.durationNanoseconds ?? 0)
    output.write(",\"tg\":")
    output.write(profile.peakNanoseconds ?? 0)
    output.write("\n,\"pps\":[")
    var isFirst = true
    for node in profile.nodes where profile.ownValue(of: node, measure: measures[1]) != 0 {
      output.write(isFirst ? "\n{" : ",\n{")
      isFirst = false
      var values = measures.map { profile.ownValue(of: node, measure: $0) }
      // Several places of one function are one node, whose highest is only known to be no less than any that is known.
      for index in [3, 4] { values[index] = max(values[index], values[index + 2], values[index + 4]) }
      for (key, value) in zip(keys, values) {
        output.write("\"\(key)\":")
        output.write(value)
        output.write(",")
      }
      output.write("\"fs\":[")
      var caller = node
      var separator = ""
      while let next = profile.parent(of: caller) {
        output.write(separator)
        output.write(profile.tree.nodes[Int(caller.position)].frame + 1)
        separator = ","
        caller = next
      }
      output.write("]}")
    }
    output.write("]\n,\"ftbl\":[\"[root]\"")
    for frame in profile.frames {
      output.write(",\n")
      output.write(json: text(frame))
    }
    output.write("]}\n")
  }

  /// `0xADDRESS: function (in module)`; readers show it as it is.
  private static func text(_ frame: StackFrame) -> String {
    let place = frame.module.path.isEmpty ? "" : " (in \(frame.module.path))"
    return "0x\(String(frame.address, radix: 16, uppercase: true)): \(frame.function)\(place)"
  }
}
