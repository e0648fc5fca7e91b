// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct EnvironmentFingerprintTests {
  let scratch = Scratch()

  func source(_ files: [String: String], environment: [String: String] = [:]) -> SystemSource {
    for (name, text) in files { scratch.write(text.utf8, to: name) }
    return SystemSource(
      root: scratch.path, architecture: "x86_64", libc: "glibc 2.36", pageByteCount: 4096, environment: environment)
  }

  static let server = [
    "proc/cpuinfo": """
    processor\t: 0
    cpu family\t: 6
    model\t\t: 143
    model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz
    stepping\t: 8
    microcode\t: 0xffffffff
    flags\t\t: fpu vme hypervisor lahf_lm

    processor\t: 1
    model name\t: another

    """,
    "proc/self/status": "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3,6\n",
    "proc/self/cgroup": "0::/user.slice/job\n",
    "proc/meminfo": "MemTotal:       16318480 kB\nMemFree: 1 kB\n",
    "proc/sys/kernel/osrelease": "6.12.8-cloud-amd64\n",
    "proc/sys/vm/overcommit_memory": "1\n",
    "sys/devices/system/cpu/online": "0-3,6\n",
    "sys/devices/system/cpu/smt/active": "1\n",
    "sys/devices/system/cpu/cpu0/cache/index0/level": "1\n",
    "sys/devices/system/cpu/cpu0/cache/index1/level": "2\n",
    "sys/devices/system/cpu/cpu0/cache/index1/type": "Unified\n",
    "sys/devices/system/cpu/cpu0/cache/index1/size": "2048K\n",
    "sys/devices/system/cpu/cpu0/cache/index2/level": "3\n",
    "sys/devices/system/cpu/cpu0/cache/index2/size": "107520K\n",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "performance\n",
    "sys/devices/system/cpu/intel_pstate/no_turbo": "1\n",
    "sys/devices/system/node/online": "0-1\n",
    "sys/class/dmi/id/sys_vendor": "Google\n",
    "sys/fs/cgroup/user.slice/job/cpu.max": "max 100000\n",
    "sys/fs/cgroup/user.slice/cpu.max": "150000 100000\n",
    "sys/fs/cgroup/user.slice/memory.max": "1073741824\n",
    "sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
  ]

  @Test("everything is found where the kernel puts it")
  func server() throws {
    let fingerprint = try EnvironmentFingerprint(
      source(
        Self.server,
        environment: [
          "MALLOC_ARENA_MAX": "2", "MIMALLOC_VERBOSE": "1", "ACE_CHECK": "1", "ACE_LIB": "/lib/ace.so", "SECRET": "x",
        ]))
    let hard = fingerprint.hard
    #expect(hard.processorModel == "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz")
    #expect([hard.processorFamily, hard.processorModelNumber, hard.processorStepping] == ["6", "143", "8"])
    #expect(hard.processorCount == 5)
    #expect(hard.affinity == "0-3,6")
    #expect(hard.simultaneousMultithreading == true)
    #expect([hard.level2Cache, hard.level3Cache] == ["2048K", "107520K"])
    #expect(hard.hypervisor == "Google")
    #expect(hard.processorLimit == "150000 100000")
    #expect(hard.memoryLimit == "1073741824")
    #expect(hard.kernelVersion == "6.12")
    #expect(hard.transparentHugePages == "madvise")
    #expect(hard.overcommit == "1")
    #expect(hard.allocatorVariables == ["MALLOC_ARENA_MAX": "2", "MIMALLOC_VERBOSE": "1", "ACE_CHECK": "1"])
    let soft = fingerprint.soft
    #expect(soft.kernelRelease == "6.12.8-cloud-amd64")
    #expect(soft.microcode == "0xffffffff")
    #expect(soft.governor == "performance")
    #expect(soft.boost == false)
    #expect(soft.memoryByteCount == 16_318_480 * 1024)
    #expect(soft.container == nil)
    #expect(soft.numaNodes == "0-1")
  }

  @Test("the identifier is that of the hard facts alone")
  func identifier() throws {
    let first = try EnvironmentFingerprint(source(Self.server))
    #expect(first.identifier.count == 12)
    let softer = try EnvironmentFingerprint(
      source(["proc/sys/kernel/osrelease": "6.12.9-other", "proc/meminfo": "MemTotal: 1 kB\n", ".dockerenv": ""]))
    #expect(softer.soft != first.soft)
    #expect(softer.identifier == first.identifier)
    let harder = try EnvironmentFingerprint(source(["proc/sys/vm/overcommit_memory": "2"]))
    #expect(harder.identifier != first.identifier)
  }

  @Test("nodes are in the log, each with its processors, memory and distances, and decide nothing")
  func nodes() throws {
    var nodes = source(Self.server)
    nodes.numaTopology = NumaTopology(nodes: [
      NumaTopology.Node(number: 0, processors: [0, 1], memoryByteCount: 4096, distances: [10, 21], isAllowed: true),
      NumaTopology.Node(number: 1, processors: [], memoryByteCount: 0, distances: [21, 10], isAllowed: false),
    ])
    let fingerprint = try EnvironmentFingerprint(nodes)
    #expect(fingerprint.identifier == (try EnvironmentFingerprint(source(Self.server))).identifier)
    try EnvironmentLog.record(fingerprint, path: scratch.file("env.jsonl"))
    let text = Scratch.text(scratch.file("env.jsonl"))
    let words =
      #""numaTopology":{"nodes":[{"allowed":true,"distances":[10,21],"memory_bytes":4096,"node":0,"processors":[0,1]},"#
      + #"{"allowed":false,"distances":[21,10],"memory_bytes":0,"node":1,"processors":[]}]}"#
    #expect(text.contains(words), "\(text)")
  }

  @Test("limits of control groups of version 1 are found")
  func controlGroups() throws {
    let hard = HardFacts(
      source([
        "proc/self/cgroup": "4:memory:/a/b\n2:cpu,cpuacct:/a\n0::/\n",
        "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "9223372036854771712\n",
        "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "4096\n",
        "sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "-1\n",
        "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n",
        "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      ]))
    #expect(hard.memoryLimit == "4096")
    #expect(hard.processorLimit == "50000 100000")
  }

  @Test("a machine that tells nothing has a fingerprint of what is known")
  func nothing() throws {
    let fingerprint = try EnvironmentFingerprint(source([:]))
    #expect(fingerprint.hard.processorModel == nil)
    #expect(fingerprint.hard.pageByteCount == 4096)
    #expect(fingerprint.soft == SoftFacts(source([:])))
    // Fixed, so that a change of the canonical form cannot pass unseen: it would part old results from new ones.
    #expect(fingerprint.identifier == "6445e22cb6aa")
  }

  @Test("this machine has a fingerprint that stays")
  func thisMachine() throws {
    let fingerprint = try EnvironmentFingerprint()
    #expect(fingerprint == (try EnvironmentFingerprint()))
    #expect((fingerprint.hard.processorCount ?? 0) > 0)
    #expect(fingerprint.hard.affinity != nil)
    #expect(fingerprint.hard.libc.hasPrefix("glibc "))
    #expect((fingerprint.soft.memoryByteCount ?? 0) > 1 << 20)
    let environment = fingerprint.sampleEnvironment(harnessVersion: "1", harnessCommit: "c")
    #expect(environment.coreCount == fingerprint.hard.processorCount)
    #expect(environment.kernel.hasPrefix(try #require(fingerprint.hard.kernelVersion)))
  }

  @Test("the log has a line for each identifier and never two")
  func log() throws {
    let path = scratch.file("env.jsonl")
    let first = try EnvironmentFingerprint(source(Self.server))
    let second = try EnvironmentFingerprint(source(["proc/sys/vm/overcommit_memory": "2"]))
    for fingerprint in [first, first, second, first, second] { try EnvironmentLog.record(fingerprint, path: path) }
    let lines = Scratch.text(path).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix(#"{"env_id":"\#(first.identifier)","hard":{"affinity":"0-3,6","#))
    #expect(lines[1].contains(#""overcommit":"2""#))
    // A torn line is replaced by a whole one.
    scratch.write(Scratch.read(path).dropLast(), to: "env.jsonl")
    try EnvironmentLog.record(second, path: path)
    #expect(Scratch.text(path).split(separator: "\n") == lines)
  }
}
