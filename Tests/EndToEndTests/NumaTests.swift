// SPDX-License-Identifier: MIT

import Glibc
import Results
import TestSupport
import Testing

@Suite struct NumaTests {
  /// Whether this test may put files of its own in the place of the kernel's, for itself alone.
  static let canReplaceFiles = Compiled.shell("unshare -m true").status == 0

  /// Whether this kernel has memory policies and lets programs use them.
  static let hasPolicies = !doctor(Sandbox().run("doctor", "-f", "json").output).contains { $0.contains("has none") }

  private static func doctor(_ output: String) -> [String] {
    ((try? JSONRecord.all(output)) ?? []).filter { $0.text("check") == "NUMA" }.compactMap { $0.text("finding") }
  }

  /// A machine of two nodes, in the kernel's own words.
  private func makeTwoNodes(_ sandbox: Sandbox) {
    for (node, processors, distances) in [(0, "00000000,00000001", "10 21"), (1, "00000000,00000002", "21 10")] {
      mkdir(sandbox.path("nodes"), 0o755)
      mkdir(sandbox.path("nodes/node\(node)"), 0o755)
      sandbox.write("nodes/node\(node)/cpumap", processors + "\n")
      sandbox.write("nodes/node\(node)/distance", distances + "\n")
      sandbox.write(
        "nodes/node\(node)/meminfo",
        "Node \(node) MemTotal:       \((node + 1) * 4_194_304) kB\nNode \(node) MemFree:        1048576 kB\n")
    }
    for name in ["online", "possible", "has_cpu", "has_memory"] { sandbox.write("nodes/" + name, "0-1\n") }
  }

  private func acebench(_ sandbox: Sandbox, nodes: String, _ arguments: String) -> (output: String, status: Int32) {
    Compiled.shell(
      "cd \(sandbox.folder) && unshare -m sh -c 'mount --bind \(sandbox.path(nodes)) /sys/devices/system/node"
        + " && exec \(Sandbox.program) \(arguments)'")
  }

  @Test("nodes are told as the kernel's files have them", .enabled(if: canReplaceFiles && hasPolicies))
  func twoNodes() {
    let sandbox = Sandbox()
    makeTwoNodes(sandbox)
    let doctor = Self.doctor(acebench(sandbox, nodes: "nodes", "doctor -f json").output)
    #expect(doctor.contains("2 nodes: a process may run on one with its memory on another"))
    #expect(doctor.contains("node 0: processors 0, 4096 MiB, distance 21 to node 1"))
    #expect(doctor.contains { $0.hasPrefix("node 1: processors 1, 8192 MiB") && $0.contains("distance 21 to node 0") })
    // The kernel itself goes on to know one node only, and says so in /proc/self/status.
    let dry = acebench(
      sandbox, nodes: "nodes",
      "run tiny-hot -a null --pass memory --numa-node 1 --numa-policy local --cpus 0 --dry-run")
    #expect(dry.output.contains(" --cpus 0 --numa-policy local --node-memory\n"))
    let forbidden = acebench(sandbox, nodes: "nodes", "run tiny-hot -a null --numa-node 1 --dry-run")
    #expect(forbidden.output.hasPrefix("error: NUMA node 1 has no memory for this process\n"))
    #expect(forbidden.status == 64)
    let unknown = acebench(sandbox, nodes: "nodes", "run tiny-hot -a null --numa-node 2 --dry-run")
    #expect(
      unknown.output.hasPrefix("error: there is no NUMA node 2\nnote: there is node 0: processors 0, 4096 MiB\nnote: "))
    #expect(unknown.status == 64)
  }

  @Test("a system without the kernel's files is measured all the same", .enabled(if: canReplaceFiles))
  func noFiles() throws {
    let sandbox = Sandbox()
    mkdir(sandbox.path("empty"), 0o755)
    #expect(
      Self.doctor(acebench(sandbox, nodes: "empty", "doctor -f json").output) == [
        "the kernel has none, or forbids its use here: --numa-node and --numa-policy change nothing"
      ])
    let run = acebench(
      sandbox, nodes: "empty", "run tiny-hot:64,10,100 -a null --pass memory -n 1 --numa-node 0 -o rows -q")
    #expect(run.status == 0, "\(run.output)")
    #expect(try sandbox.samples("rows/samples.csv").map(\.outcome.status) == [.ok])
    #expect(!sandbox.exists("rows/numa.csv"))
  }

  @Test("a kernel that refuses policies is measured all the same", arguments: [EPERM, ENOSYS])
  func refused(code: Int32) throws {
    let sandbox = Sandbox()
    let program = Compiled.program("nonuma")
    let run = Compiled.shell(
      "cd \(sandbox.folder) && \(program) \(code) \(Sandbox.program) run tiny-hot:64,10,100 -a null --pass time -n 1 "
        + "--numa-node 0 -o rows.csv")
    #expect(run.status == 0)
    #expect(
      run.output.contains("note: the kernel has no NUMA, or forbids its use here: --numa-node 0 changes nothing\n"))
    let sample = try #require(try sandbox.samples("rows.csv").first)
    #expect(sample.outcome.status == .ok)
    #expect(sample.environment.numaNode == nil)
    #expect(sample.environment.numaPolicy == "")
    let unknown = Compiled.shell("\(program) \(code) \(Sandbox.program) run tiny-hot -a null --numa-node 1")
    #expect(unknown.output.hasPrefix("error: there is no NUMA node 1\nnote: the kernel has no NUMA"))
    #expect(unknown.status == 64)
  }

  @Test("rows and numa.csv say where a worker was bound", .enabled(if: hasPolicies))
  func rows() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "run", "fragment:4MiB", "-a", "system", "-n", "1", "--pass", "time,memory", "--numa-node", "0", "-o", "rows")
    #expect(ending.status == 0, "\(ending.errors)")
    let samples = try sandbox.samples("rows/samples.csv")
    #expect(samples.map(\.environment.numaNode) == [0, 0])
    #expect(samples.map(\.environment.numaPolicy) == ["bind", "bind"])
    let lines = sandbox.read("rows/numa.csv").split(separator: "\n").map { $0.split(separator: ",") }
    try #require(lines.count == 2)
    #expect(lines[0].suffix(3) == ["node", "rss_at_live_peak_bytes", "rss_end_bytes"])
    #expect(lines[1][lines[1].count - 3] == "0")
    let memory = try #require(samples.first { $0.pass == .memory })
    let peak = try #require(memory.metrics[.residentPeak]?.double)
    let node = try #require(Double(lines[1][lines[1].count - 2]))
    // Memory that was resident at another moment is in the peak alone.
    #expect(node > 0 && node <= peak + 1_048_576)
    #expect(sandbox.read("rows/env.jsonl").contains(#""numaTopology":{"nodes":[{"allowed":true,"distances":["#))
    #expect(sandbox.read("rows/plan.json").contains(#""numaNode" : 0"#))
  }

  @Test(
    "a worker has the policy for all of its memory", .enabled(if: hasPolicies),
    arguments: [(["--numa-node", "0"], "bind:0"), (["--numa-policy", "interleave"], "interleave:")])
  func policy(options: [String], words: String) throws {
    let sandbox = Sandbox()
    let started = sandbox.start(
      ["run", "random-mixed:1000000,400", "-a", "system", "-n", "1", "--pass", "time", "--repeat", "1000", "-q"]
        + options)
    defer { started.send(SIGINT) }
    var maps = ""
    for _ in 0..<1500 where !maps.contains(words) {
      for child in started.children where TextFile.read("/proc/\(child)/cmdline").contains("--bound") {
        maps = TextFile.read("/proc/\(child)/numa_maps")
      }
      usleep(20_000)
    }
    let lines = maps.split(separator: "\n")
    #expect(!lines.isEmpty)
    // All mappings have it, the loader's and the stack too.
    #expect(lines.allSatisfy { $0.split(separator: " ")[1].hasPrefix(words) })
  }
}
