// SPDX-License-Identifier: MIT

/// What the learner asks for as an epoch begins.
struct LearningStep {
  /// The knob to set for the coming epoch, and to what; nil where nothing is to be set.
  var knob: Knob?
  var value: UInt64 = 0
  /// Whether the coming epoch's cost will be asked for. One whose cost will not need not be counted.
  var needsCost = false
  /// What has just been decided; time, epoch and whether it was applied are the engine's to fill in for a contest won.
  var decision: Decision?
}
