// SPDX-License-Identifier: MIT

import Glibc

/// How long a million samples take to become a flamegraph, and how much memory: scripts/bench-profiling.sh.
@main
struct ProfilingBench {
  private static let functionCount: UInt64 = 3000

  static func main() throws {
    let sampleCount = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 1_000_000
    let path = CommandLine.arguments.count > 2 ? CommandLine.arguments[2] : "/dev/null"
    let begin = now()
    var profile = StackProfile(measures: [ProfileMeasure(name: "cpu time", unit: .nanoseconds)])
    let frames = (0..<functionCount).map { number in
      profile.index(
        of: StackFrame(
          function: "namespace\(number % 40)::Class\(number % 300)::method\(number)(unsigned long, char const*)",
          module: ProfileModule(path: "/usr/lib/x86_64-linux-gnu/libexample\(number % 12).so.1"),
          origin: number % 11 == 10 ? .kernel : .user))
    }
    var state: UInt64 = 42
    var stack: [FrameIndex] = []
    var frameCount = 0
    for _ in 0..<sampleCount {
      // As in programs: a stack shares its beginning with the one before, and some callees are much commoner than others.
      let kept = Int(random(&state) % UInt64(stack.count + 1))
      stack.removeSubrange((stack.count - (stack.count - kept) / 2)...)
      let depth = 8 + Int(random(&state) % 40)
      if stack.count > depth { stack.removeSubrange(depth...) }
      while stack.count < depth {
        let rarity = random(&state) % 8 == 0 ? 24 : 2
        let caller = stack.last.map { UInt64($0.position) } ?? 0
        stack.append(
          frames[Int((caller &* 31 &+ UInt64(stack.count) &+ random(&state) % UInt64(rarity)) % functionCount)])
      }
      frameCount += depth
      profile.add(stack: stack, values: [1_003_009])
    }
    let built = now()
    let output = try ProfileOutput(path: path)
    Flamegraph(profile, title: "\(sampleCount) samples").write(to: output)
    try output.finish()
    let written = now()
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let processorMilliseconds =
      (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000
    print(
      "\(sampleCount) samples, \(frameCount / max(sampleCount, 1)) frames each, \(profile.nodeCount) places in the tree:",
      "profile \(milliseconds(begin, built)) ms, SVG \(milliseconds(built, written)) ms (\(output.byteCount) bytes),",
      "\(processorMilliseconds) ms of a processor, peak \(usage.ru_maxrss / 1024) MiB")
  }

  private static func milliseconds(_ begin: Double, _ end: Double) -> Int { Int((end - begin) * 1000) }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// SplitMix64.
  private static func random(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
