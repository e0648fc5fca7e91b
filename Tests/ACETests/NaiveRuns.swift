// SPDX-License-Identifier: MIT

/// What `RunBins` shall do, done the plain way: all runs in a list, in the order of their units.
struct NaiveRuns {
  struct Run: Equatable {
    var unit: UInt32
    var length: UInt32
    var isFree: Bool
  }

  private(set) var runs: [Run]

  init(unitCount: UInt32) { runs = [Run(unit: 1, length: unitCount, isFree: true)] }

  var live: [Run] { runs.filter { !$0.isFree } }
  var freeUnitCount: UInt64 { runs.reduce(0) { $0 + ($1.isFree ? UInt64($1.length) : 0) } }

  /// Takes the beginning of a free run; false when there is none, or none as long.
  mutating func take(at unit: UInt32, _ length: UInt32) -> Bool {
    guard let index = index(of: unit), runs[index].isFree, runs[index].length >= length else { return false }
    set(index, length)
    return true
  }

  /// The free run that comes of a live one.
  mutating func give(_ unit: UInt32) -> Run? {
    guard let index = index(of: unit) else { return nil }
    runs[index].isFree = true
    join()
    return runs.last { $0.unit <= unit }
  }

  mutating func resize(_ unit: UInt32, to length: UInt32) -> Bool {
    guard let index = index(of: unit) else { return false }
    if length > runs[index].length {
      guard index + 1 < runs.count, runs[index + 1].isFree, runs[index].length + runs[index + 1].length >= length
      else { return false }
      runs[index].length += runs[index + 1].length
      runs.remove(at: index + 1)
    }
    set(index, length)
    return true
  }

  mutating func trimFront(_ unit: UInt32, _ count: UInt32) {
    guard let index = index(of: unit) else { return }
    let rest = Run(unit: unit + count, length: runs[index].length - count, isFree: false)
    runs[index] = Run(unit: unit, length: count, isFree: true)
    runs.insert(rest, at: index + 1)
    join()
  }

  /// Makes the beginning of a run live and the rest of it free.
  private mutating func set(_ index: Int, _ length: UInt32) {
    let run = runs[index]
    runs[index] = Run(unit: run.unit, length: length, isFree: false)
    if run.length > length {
      runs.insert(Run(unit: run.unit + length, length: run.length - length, isFree: true), at: index + 1)
    }
    join()
  }

  private mutating func join() {
    var joined: [Run] = []
    for run in runs {
      if let last = joined.last, last.isFree, run.isFree {
        joined[joined.count - 1].length += run.length
      } else {
        joined.append(run)
      }
    }
    runs = joined
  }

  private func index(of unit: UInt32) -> Int? { runs.firstIndex { $0.unit == unit } }
}
