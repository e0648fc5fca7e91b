// SPDX-License-Identifier: MIT

import FoundationEssentials
import Results

/// What a sweep shall do, as an experiment file (JSON5) says it; what a file leaves out has these defaults.
public struct ExperimentDescription: Codable, Equatable, Sendable {
  /// Names the results' folder.
  public var name = "sweep"
  /// Known names, or `name=/path.so[:prefix]`.
  public var allocators = ["system", "mimalloc", "null"]
  /// Workloads with their parameters, or paths of traces.
  public var workloads: [String] = []
  public var threads = [1]
  /// Processes of every arm, by pass; a pass that is not named is not run.
  public var rounds: [String: Int] = ["time": 10, "memory": 3, "latency": 3]
  public var touch = TouchPolicy.page.rawValue
  /// Values of ACE's switches: every combination is an arm of its own.
  public var switches: [String: [String]] = [:]
  public var seed: UInt64 = 1
  /// Runs of the whole workload in one process that are measured, and runs before them that are not.
  public var repeats = 1
  public var warmups = 0
  public var load = LoadMethod.dlopen.rawValue
  /// When after its end the memory pass reads what is still held, in milliseconds: 100, 1000, 5000.
  public var drainMilliseconds = [100]
  /// After this many seconds no new round is begun; 0 for no limit.
  public var timeLimitSeconds = 0.0
  /// After this many seconds a single process is taken to hang.
  public var processTimeLimitSeconds = 120.0
  /// Processors to run the workers on; empty for any.
  public var processors: [Int] = []
  /// The NUMA node whose processors, unless those are named, and memory, by the policy, workers have; nil for any.
  public var numaNode: Int?
  /// Where workers' memory comes from: bind (`numaNode`), interleave (all nodes in turn), local (where it is touched first); nil
  /// for bind with a node, and without one for the system's own.
  public var numaPolicy: String?
  /// Memory for a replay program; a longer one is read in parts between stopped clocks.
  public var programMemoryByteCount = 1 << 30
  public var originalSpeed = false

  public init() {}

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try SettingsFile.refuseUnknownKeys(decoder, known: CodingKeys.self)
    let defaults = Self()
    func value<Value: Decodable>(_ key: CodingKeys, or fallback: Value) throws -> Value {
      try values.decodeIfPresent(Value.self, forKey: key) ?? fallback
    }
    name = try value(.name, or: defaults.name)
    allocators = try value(.allocators, or: defaults.allocators)
    workloads = try value(.workloads, or: defaults.workloads)
    threads = try value(.threads, or: defaults.threads)
    rounds = try value(.rounds, or: defaults.rounds)
    touch = try value(.touch, or: defaults.touch)
    switches = try value(.switches, or: defaults.switches)
    seed = try value(.seed, or: defaults.seed)
    repeats = try value(.repeats, or: defaults.repeats)
    warmups = try value(.warmups, or: defaults.warmups)
    load = try value(.load, or: defaults.load)
    drainMilliseconds = try value(.drainMilliseconds, or: defaults.drainMilliseconds)
    timeLimitSeconds = try value(.timeLimitSeconds, or: defaults.timeLimitSeconds)
    processTimeLimitSeconds = try value(.processTimeLimitSeconds, or: defaults.processTimeLimitSeconds)
    processors = try value(.processors, or: defaults.processors)
    numaNode = try values.decodeIfPresent(Int.self, forKey: .numaNode)
    numaPolicy = try values.decodeIfPresent(String.self, forKey: .numaPolicy)
    programMemoryByteCount = try value(.programMemoryByteCount, or: defaults.programMemoryByteCount)
    originalSpeed = try value(.originalSpeed, or: defaults.originalSpeed)
  }

  /// Reads a file; paths of traces and of files of settings in it are taken from the file's folder.
  public init(path: String) throws(ExperimentError) {
    self = try SettingsFile.read(Self.self, path: path)
    let folder = SettingsFile.folder(of: path)
    workloads = workloads.map { SettingsFile.workload($0, in: folder) }
    switches[SwitchRules.file] = switches[SwitchRules.file]?.map { $0.hasPrefix("/") ? $0 : folder + $0 }
  }
}
