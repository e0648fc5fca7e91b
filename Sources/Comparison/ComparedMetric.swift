// SPDX-License-Identifier: MIT

import Results

extension Metric {
  /// What is compared unless something else is asked for, as far as rows have it.
  public static let comparedByDefault: [Metric] = [
    .throughput, .throughputPerCPU, .residentPeak, .memoryEfficiencyArea,
  ]

  /// The pass whose rows it is compared in: what every pass measures is taken from the time pass.
  var comparedPass: Pass { pass ?? .time }

  /// A difference of two logarithms of it turned so that more is better.
  func goodness(of difference: Double) -> Double { direction == .lowerIsBetter ? -difference : difference }
}
