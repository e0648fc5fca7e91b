// SPDX-License-Identifier: MIT

/// What a program took under several allocators, and what the replay of its trace took on the same ones, round by round.
public struct FidelityEvidence: Sendable {
  /// What one allocator took in one round.
  public struct Figures: Equatable, Sendable {
    /// User and system time of the program.
    public var programNanoseconds: Double
    /// The highest resident set of the program; nil when it was too short for it to be read.
    public var programPeakByteCount: Double?
    /// User and system time of a program that does nothing, with the allocator preloaded.
    public var startNanoseconds: Double
    /// User and system time of the replay, or the time that its threads were busy where that is less.
    public var replayNanoseconds: Double
    /// The highest resident set of the replay above its baseline.
    public var replayPeakByteCount: Double

    public init(
      programNanoseconds: Double, programPeakByteCount: Double?, startNanoseconds: Double, replayNanoseconds: Double,
      replayPeakByteCount: Double
    ) {
      self.programNanoseconds = programNanoseconds
      self.programPeakByteCount = programPeakByteCount
      self.startNanoseconds = startNanoseconds
      self.replayNanoseconds = replayNanoseconds
      self.replayPeakByteCount = replayPeakByteCount
    }
  }

  /// Of the trace.
  public let name: String
  public let command: [String]
  /// Operations of the trace.
  public let operationCount: UInt64
  /// Operations of the program when it was recorded once more, just before; nil when that could not be done.
  public let operationCountNow: UInt64?
  /// The first is the one that the others are held against.
  public let allocators: [String]
  /// By allocator; an allocator whose process failed is missing in its round.
  public private(set) var rounds: [[String: Figures]] = []

  /// - Parameter allocators: At least one.
  public init(
    name: String, command: [String], operationCount: UInt64, operationCountNow: UInt64?, allocators: [String]
  ) {
    precondition(!allocators.isEmpty, "something is held against something")
    self.name = name
    self.command = command
    self.operationCount = operationCount
    self.operationCountNow = operationCountNow
    self.allocators = allocators
  }

  public mutating func add(_ round: [String: Figures]) { rounds.append(round) }

  public var base: String { allocators[0] }
}
