// SPDX-License-Identifier: MIT

/// Marks that can be told apart without their colour.
enum PlotShape: Int, CaseIterable {
  case circle
  case square
  case triangle
  case diamond
  case cross
  case inverted
  case star
  case plus

  /// The commands of a path around a point.
  func path(_ x: Double, _ y: Double, size: Double = 4.2) -> String {
    let half = size * 0.9
    switch self {
    case .circle:
      let (radius, left) = (SVGCanvas.number(size), SVGCanvas.number(x - size))
      let width = SVGCanvas.number(2 * size)
      return
        "M\(left) \(SVGCanvas.number(y))a\(radius) \(radius) 0 1 0 \(width) 0a\(radius) \(radius) 0 1 0 -\(width) 0z"
    case .square:
      return Self.closed([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])
    case .triangle: return Self.closed([(x, y - size * 1.15), (x + size * 1.1, y + half), (x - size * 1.1, y + half)])
    case .inverted: return Self.closed([(x, y + size * 1.15), (x + size * 1.1, y - half), (x - size * 1.1, y - half)])
    case .diamond:
      let reach = size * 1.3
      return Self.closed([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)])
    case .plus: return Self.closed(Self.bars.map { (x + $0.0 * size * 1.2, y + $0.1 * size * 1.2) })
    case .cross:
      // The plus, turned by an eighth.
      let turn = 0.5.squareRoot() * size * 1.2
      return Self.closed(Self.bars.map { (x + ($0.0 - $0.1) * turn, y + ($0.0 + $0.1) * turn) })
    case .star:
      let points = zip(Self.rays, 0...).map { ray, index -> (Double, Double) in
        let reach = size * (index.isMultiple(of: 2) ? 1.4 : 0.6)
        return (x + ray.0 * reach, y + ray.1 * reach)
      }
      return Self.closed(points)
    }
  }

  /// The outline of a plus of arms a third as wide as it is.
  private static let bars: [(Double, Double)] = [
    (-0.33, -1), (0.33, -1), (0.33, -0.33), (1, -0.33), (1, 0.33), (0.33, 0.33), (0.33, 1), (-0.33, 1), (-0.33, 0.33),
    (-1, 0.33), (-1, -0.33), (-0.33, -0.33),
  ]

  /// Directions of a star's five points and of the notches between them, from the top.
  private static let rays: [(Double, Double)] = [
    (0, -1), (0.588, -0.809), (0.951, -0.309), (0.951, 0.309), (0.588, 0.809), (0, 1), (-0.588, 0.809),
    (-0.951, 0.309), (-0.951, -0.309), (-0.588, -0.809),
  ]

  private static func closed(_ points: [(Double, Double)]) -> String {
    SVGCanvas.points(points.map { (x: $0.0, y: $0.1) }) + "z"
  }
}
