// SPDX-License-Identifier: MIT

import Measurement

/// A line of a table of counters: a counter, what the kernel has charged, or a ratio of counters.
public enum CounterFigure: Hashable, Sendable {
  case counter(PerformanceCounter)
  case charge(CounterRound.Charge)
  /// One counter by another.
  case ratio(PerformanceCounter, by: PerformanceCounter)

  /// All, in the order in which they are shown.
  public static let all: [CounterFigure] = [
    .charge(.elapsed), .counter(.taskClock), .charge(.userTime), .charge(.systemTime), .counter(.cycles),
    .counter(.instructions), .ratio(.instructions, by: .cycles), .counter(.cacheReferences), .counter(.cacheMisses),
    .ratio(.cacheMisses, by: .cacheReferences), .counter(.branches), .counter(.branchMisses),
    .ratio(.branchMisses, by: .branches), .counter(.pageFaults), .counter(.minorFaults), .counter(.majorFaults),
    .counter(.contextSwitches), .counter(.processorMigrations),
  ]

  public var name: String {
    switch self {
    case .counter(let counter): counter.rawValue
    case .charge(let charge): charge.rawValue
    case .ratio(.instructions, by: .cycles): "instructions-per-cycle"
    case .ratio(let counter, by: _): counter.rawValue.replacing("misses", with: "miss-rate")
    }
  }

  /// The charges that are the same as a counter; nil where the kernel charges nothing of the kind.
  private static let substitutes: [PerformanceCounter: [CounterRound.Charge]] = [
    .taskClock: [.userTime, .systemTime], .pageFaults: [.minorFaults, .majorFaults], .minorFaults: [.minorFaults],
    .majorFaults: [.majorFaults], .contextSwitches: [.contextSwitches],
  ]

  /// What the figure is in a process, and where it is from; or why there is none. A ratio needs both of its counters.
  public func value(in round: CounterRound) -> Result<CounterValue, CounterAbsence> {
    switch self {
    case .charge(let charge):
      guard let number = round.charges[charge] else { return .failure(.failed) }
      return .success(CounterValue(number: number, source: .charges))
    case .counter(let counter):
      let counted = Self.counted(counter, in: round)
      // What the kernel charges is of all that was done; what it lets count may be of a part.
      guard (try? counted.get())?.isUserOnly ?? true, let charges = Self.substitutes[counter] else { return counted }
      let numbers = charges.compactMap { round.charges[$0] }
      guard numbers.count == charges.count else { return counted }
      return .success(CounterValue(number: numbers.reduce(0, +), source: .charges))
    case .ratio(let counter, by: let other):
      return Self.counted(counter, in: round).flatMap { numerator in
        Self.counted(other, in: round).flatMap { denominator in
          guard denominator.number > 0 else { return .failure(.notCounted) }
          return .success(
            CounterValue(
              number: numerator.number / denominator.number, source: .counters,
              countedFraction: min(numerator.countedFraction ?? 1, denominator.countedFraction ?? 1),
              isUserOnly: numerator.isUserOnly || denominator.isUserOnly))
        }
      }
    }
  }

  private static func counted(
    _ counter: PerformanceCounter, in round: CounterRound
  ) -> Result<CounterValue, CounterAbsence> {
    (round.counters[counter] ?? .failure(.failed)).flatMap { reading in
      guard let value = reading.value else { return .failure(.notCounted) }
      return .success(
        CounterValue(
          number: value, source: .counters, countedFraction: reading.countedFraction, isUserOnly: reading.isUserOnly))
    }
  }
}
