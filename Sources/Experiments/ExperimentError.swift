// SPDX-License-Identifier: MIT

import Results

/// Why an experiment could not be planned or go on.
public enum ExperimentError: Error, Equatable {
  /// A system call failed.
  case system(call: String, path: String, errno: Int32)
  /// The experiment file is not JSON5 of the expected form.
  case malformedExperiment(path: String, reason: String)
  /// A setting of the experiment that is none of the words it takes.
  case unknownWord(setting: String, word: String, known: [String])
  /// A number of the experiment that is too small or too large.
  case settingOutOfRange(setting: String, value: String, minimum: String, maximum: String)
  /// A NUMA node that this machine does not have; those that it has, none where the kernel has no NUMA.
  case unknownNode(Int, known: [NumaTopology.Node])
  /// A NUMA node that is to be bound to, without memory or with memory that this process may not have.
  case noNodeMemory(Int, isAllowed: Bool)
  /// Memory is to be bound to a NUMA node that is not named.
  case missingNode
  /// A workload or a trace that never calls the allocator.
  case noOperations(workload: String)
  /// Something that must be chosen was left empty.
  case nothingChosen(what: String)
  /// A switch that is not `name=value[,value]`.
  case malformedSwitch(text: String)
  /// A switch or a knob that ACE does not have.
  case unknownSwitch(name: String, known: [String])
  /// A setting that takes a whole number, and has something else.
  case notANumber(setting: String, text: String)
  /// A library that is measured as ACE does not tell what can be set in it.
  case noKnobs(allocator: String, path: String)
  /// ACE was not set as an arm says; what it tells instead.
  case settingNotTaken(arm: Arm, reason: String)
  /// An allocator that has to be asked something cannot be loaded.
  case notProbed(allocator: String, reason: String)
  /// The user interrupted before anything was measured.
  case interrupted
  /// acebench's own worker program is not where it should be.
  case workerMissing(path: String)
  /// Margins of a gate that are no fractions, or of which the loss that must be excluded is not the larger one.
  case unorderedMargins(cell: String, tolerate: Double, detect: Double)
  /// A cell that is ignored without a reason, or without a day until when.
  case malformedIgnore(cell: String)
  /// A cell that was ignored until a day that has passed.
  case expiredIgnore(cell: String, until: String, reason: String)
  /// Two cells of a gate are the same.
  case repeatedCell(String)
  /// A folder that has rows of something else.
  case folderInUse(path: String)
  /// There is no file of a stored baseline yet.
  case missingBaseline(path: String)
  /// The file of a stored baseline cannot be judged by.
  case malformedBaseline(path: String, reason: String)
}
