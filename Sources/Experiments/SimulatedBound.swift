// SPDX-License-Identifier: MIT

/// How often something may happen in a simulation.
public enum SimulatedBound: Equatable, Sendable {
  case atMost(Int)
  case atLeast(Int)

  public func holds(_ count: Int) -> Bool {
    switch self {
    case .atMost(let limit): count <= limit
    case .atLeast(let limit): count >= limit
    }
  }
}
