// SPDX-License-Identifier: MIT

import Statistics

/// What a replay is asked to predict of its program, in the unit of both.
public enum FidelityQuantity: String, CaseIterable, Sendable {
  /// User and system time, in nanoseconds.
  case time
  /// The highest resident set, in bytes.
  case memory

  /// Of the program.
  func program(_ figures: FidelityEvidence.Figures) -> Double? {
    switch self {
    case .time: figures.programNanoseconds
    case .memory: figures.programPeakByteCount
    }
  }

  /// Of the replay. What the allocator costs a program that does nothing is no part of a replay, which begins when the library
  /// has been loaded: `start`, the median over the rounds, is added to its time.
  func replay(_ figures: FidelityEvidence.Figures, start: Double) -> Double {
    switch self {
    case .time: figures.replayNanoseconds + start
    case .memory: figures.replayPeakByteCount
    }
  }
}

extension FidelityEvidence {
  /// The program's and the replay's figures of a quantity, in the rounds in which all of some allocators have both; by round,
  /// and within it in the order of the allocators.
  func series(_ quantity: FidelityQuantity, of names: [String]) -> [[(program: Double, replay: Double)]] {
    let starts = names.map { name in SortedSample(rounds.compactMap { $0[name]?.startNanoseconds })?.median ?? 0 }
    return rounds.compactMap { round in
      let values = zip(names, starts).compactMap { name, start -> (program: Double, replay: Double)? in
        guard let figures = round[name], let program = quantity.program(figures), program > 0 else { return nil }
        return (program, quantity.replay(figures, start: start))
      }
      return values.count == names.count ? values : nil
    }
  }
}
