// SPDX-License-Identifier: MIT

import Allocators
import Results

/// What can be set in a library of ACE's, as a worker that loads it is told.
public enum ACEKnobs {
  private static let timeLimitSeconds = 10.0
  /// What ACE begins a line with that says what it did not understand.
  private static let complaint = "ace: "

  /// Switches first, then knobs, in the library's order, with the values that they have.
  ///
  /// - Parameter switches: What is asked for, `name=value;…`.
  public static func of(
    _ allocator: Allocator, load: LoadMethod = .dlopen, switches: String = ""
  ) throws -> [ACEKnob] {
    let (reply, _) = try probe(allocator, load, switches: switches)
    guard !reply.knobs.isEmpty else {
      throw ExperimentError.noKnobs(allocator: allocator.name, path: allocator.libraryPath ?? "")
    }
    return reply.knobs
  }

  /// Makes sure that ACE takes all switches of an arm, with nothing to complain of.
  static func verify(_ arm: PlannedArm, _ load: LoadMethod) throws {
    let (reply, messages) = try probe(arm.allocator, load, switches: arm.arm.switches)
    try WorkerVerdict.requireSettings(arm.arm, reply)
    // What is wrong in the environment anyway is no fault of the switches.
    let earlier = try messages.isEmpty ? [] : probe(arm.allocator, load, switches: "").messages
    guard let message = messages.first(where: { !earlier.contains($0) }) else { return }
    throw ExperimentError.settingNotTaken(arm: arm.arm, reason: message)
  }

  /// Loads the allocator in a worker; what that told, and what ACE said on standard error.
  private static func probe(
    _ allocator: Allocator, _ load: LoadMethod, switches: String
  ) throws -> (reply: WorkerReply, messages: [String]) {
    let command = WorkerCommand(probing: allocator, load: load, switches: switches, worker: try WorkerLocation.path())
    let ending = try ChildProcess(command, timeLimitSeconds: timeLimitSeconds).run()
    if ending.interrupted { throw ExperimentError.interrupted }
    let reply = WorkerReply(ending.standardOutput)
    guard ending.exitCode == 0 && reply.text("served_by") != nil || reply.text("failure") == "setting" else {
      let reason = WorkerVerdict.fault(WorkerVerdict.outcome(of: ending, reply), ending, reply)
      throw ExperimentError.notProbed(allocator: allocator.name, reason: reason)
    }
    let lines = String(decoding: ending.standardErrorTail, as: UTF8.self).split(separator: "\n")
    return (reply, lines.filter { $0.hasPrefix(complaint) }.map { String($0.dropFirst(complaint.count)) })
  }
}
