// SPDX-License-Identifier: MIT

import Experiments
import Profiling

/// What is profiled: a program or a workload, under each of some allocators.
protocol ProfileSubject: AnyObject {
  /// For a folder of results.
  var name: String { get }
  /// The allocators, with ACE's settings where they differ.
  var arms: [String] { get }
  /// The order of arms in a round, as indexes.
  func order(round: Int, pass: String) -> [Int]
  /// What to run for an arm; `showsOutput` lets what a program writes be seen.
  func target(arm: Int, round: Int, showsOutput: Bool) throws -> ProfiledTarget
  /// Refuses how a process of an arm has ended where going on would make no sense.
  func check(_ outcome: ProfiledOutcome, arm: Int) throws
  /// Where the program itself allocates, whatever the allocator; nil for what has no program behind it.
  func recordedTrace(stacks: Recording.Stacks.Method, in folder: String, showsOutput: Bool) throws -> ProfiledTrace?
  /// The command of each arm as a shell would take it.
  func shellTexts() throws -> [String]
}
