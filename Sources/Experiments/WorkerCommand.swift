// SPDX-License-Identifier: MIT

import Allocators
import Glibc
import Results

/// The command line and environment of one worker.
public struct WorkerCommand {
  public var path: String
  public var arguments: [String]
  public var environment: [String]

  /// Room for the thread-local storage of libraries opened later: with the loader's 512 bytes jemalloc does not open.
  private static let loaderTunable = "glibc.rtld.optional_static_tls=16384"

  /// A replay of a program in a pass; `check` instead of a pass verifies every block and measures nothing.
  public init(
    arm: PlannedArm, plan: Plan, programPath: String, pass: String, worker: String
  ) {
    let description = plan.description
    self.init(allocator: arm.allocator, load: plan.load, switches: arm.arm.switches, worker: worker)
    arguments += [
      "--program", programPath, "--pass", pass, "--touch", plan.touch.rawValue,
      "--program-memory", String(description.programMemoryByteCount),
    ]
    if pass != Pass.memory.rawValue {
      arguments += ["--repeat", String(description.repeats), "--warmup", String(description.warmups)]
    } else if !description.drainMilliseconds.isEmpty {
      arguments += ["--drain", description.drainMilliseconds.sorted().map(String.init).joined(separator: ",")]
    }
    if arm.slowdown > 0 { arguments += ["--slowdown", String(arm.slowdown)] }
    arguments += Self.binding(plan.placement, pass: pass)
  }

  /// Where the worker runs and has its memory from.
  private static func binding(_ placement: NumaPlacement, pass: String) -> [String] {
    func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
    var arguments: [String] = []
    if !placement.binding.processors.isEmpty { arguments += ["--cpus", list(placement.binding.processors)] }
    if let policy = placement.binding.policy {
      arguments += ["--numa-policy", policy.mode.rawValue]
      if !policy.nodes.isEmpty { arguments += ["--numa-nodes", list(policy.nodes)] }
    }
    if placement.readsNodes, pass == Pass.memory.rawValue { arguments.append("--node-memory") }
    return arguments
  }

  /// A worker that loads an allocator, says who answers, what can be set in it, and ends.
  public init(probing allocator: Allocator, load: LoadMethod, switches: String = "", worker: String) {
    self.init(allocator: allocator, load: load, switches: switches, worker: worker)
    arguments.append("--probe")
  }

  /// A worker that touches memory and ends.
  public init(touching byteCount: UInt64, worker: String) {
    path = worker
    arguments = ["--pretouch", String(byteCount)]
    environment = Self.inheritedEnvironment
  }

  private init(allocator: Allocator, load: LoadMethod, switches: String, worker: String) {
    path = worker
    arguments = []
    environment = Self.inheritedEnvironment
    switch (allocator.source, load) {
    case (.floor, _): arguments += ["--allocator", "floor"]
    case (.process, _): arguments += ["--allocator", "process"]
    case (.library(let library, _), .preload):
      arguments += ["--allocator", "process", "--preloaded", library]
      environment.append("LD_PRELOAD=\(library)")
    case (.library(let library, let prefix), _):
      arguments += ["--library", library]
      if !prefix.isEmpty { arguments += ["--prefix", prefix] }
    }
    if allocator.isACE { arguments.append("--ace") }
    environment += SwitchEnvironment.assignments(for: switches)
    let readings = SwitchEnvironment.readings(of: switches)
    if !readings.isEmpty {
      arguments += ["--settings", readings.map { "\($0.name)=\($0.value)" }.joined(separator: ",")]
    }
  }

  /// The command as a shell would take it, with what it adds to the environment in front.
  public var shellText: String {
    let added = environment.filter { !Self.inheritedEnvironment.contains($0) }
    return (added.map(ShellText.assignment) + [ShellText.command([path] + arguments)]).joined(separator: " ")
  }

  /// This process's environment, without what would load another allocator or change how ACE
  /// is set.
  static var inheritedEnvironment: [String] {
    var variables: [String] = []
    var next = environ
    while let entry = next.pointee {
      let variable = String(cString: entry)
      next += 1
      if variable.hasPrefix("LD_PRELOAD=") || SwitchEnvironment.isSetting(variable) { continue }
      if variable.hasPrefix("GLIBC_TUNABLES=") {
        variables.append(variable + ":" + loaderTunable)
      } else {
        variables.append(variable)
      }
    }
    if !variables.contains(where: { $0.hasPrefix("GLIBC_TUNABLES=") }) {
      variables.append("GLIBC_TUNABLES=" + loaderTunable)
    }
    return variables
  }
}
