// SPDX-License-Identifier: MIT

/// Why a cell does not count for now. There is no ignoring for good: what nobody comes back to is never mended.
public struct GateIgnore: Codable, Equatable, Sendable {
  public var reason: String
  /// The last day on which it holds, `YYYY-MM-DD` in UTC.
  public var until: String

  public init(reason: String, until: String) {
    self.reason = reason
    self.until = until
  }

  /// Whether the day is over, or may be.
  ///
  /// - Parameter date: A day, or a time that begins with one, `YYYY-MM-DD…` in UTC; in another form nobody knows.
  public func isExpired(on date: String) -> Bool {
    let day = String(date.prefix(10))
    return !Self.isDay(day) || day > until
  }

  /// Whether it says why, and names a day.
  public var isValid: Bool { Self.isDay(until) && reason.contains { !$0.isWhitespace } }

  private static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
