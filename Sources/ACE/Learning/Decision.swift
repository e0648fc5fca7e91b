// SPDX-License-Identifier: MIT

/// Something that the learning layer decided. Costs are thousandths of the cost function's unit, plus 1,000,000; 0 where there
/// is none. Where a contest was lost, the new value and cost are those of the rival that was not taken, and nothing was applied.
struct Decision {
  var milliseconds: UInt64 = 0
  var epoch: UInt64 = 0
  var subject: Knob
  /// The size class it is about; 0 where it is about all.
  var classNumber: UInt8 = 0
  var wasApplied = false
  var oldValue: UInt64
  var newValue: UInt64
  var oldCost: UInt64 = 0
  var newCost: UInt64 = 0
  var reason: Reason
}
