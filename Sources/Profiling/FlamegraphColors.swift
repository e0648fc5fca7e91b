// SPDX-License-Identifier: MIT

/// Colours of frames. A name always has the same colour, so that two pictures can be laid side by side.
enum FlamegraphColors {
  static let user = "hsl(28,85%,62%)"
  static let kernel = "hsl(205,60%,62%)"
  static let bytes = "hsl(125,45%,55%)"
  static let nameless = "hsl(0,0%,72%)"
  static let everything = "hsl(0,0%,82%)"

  /// Warm for the program's own code, cool for the kernel's, green for memory, grey where there is no name.
  static func color(of frame: StackFrame, unit: ProfileMeasure.Unit) -> String {
    let hash = hash(frame.function)
    // Two numbers from 0 to 1 that have little to do with one another.
    let first = Double(hash >> 40) / Double(1 << 24)
    let second = Double(hash & 0xffff) / 65535
    let hue: Double
    let saturation: Int
    if frame.isNameless {
      return "hsl(0,0%,\(68 + Int(second * 10))%)"
    } else if frame.origin == .kernel {
      (hue, saturation) = (195 + first * 40, 60)
    } else if unit == .bytes {
      (hue, saturation) = (85 + first * 70, 45)
    } else {
      (hue, saturation) = (4 + first * 48, 85)
    }
    return "hsl(\(Int(hue)),\(saturation)%,\(57 + Int(second * 12))%)"
  }

  /// Red for more, blue for less, white for the same.
  ///
  /// - Parameter intensity: From -1 to 1.
  static func color(ofDifference intensity: Double) -> String {
    // The root, so that small differences can be told from none.
    let paleness = Int((97 - 45 * min(abs(intensity), 1).squareRoot()).rounded())
    return intensity == 0 ? "hsl(0,0%,92%)" : "hsl(\(intensity > 0 ? 5 : 215),85%,\(paleness)%)"
  }

  /// FNV-1a, 64 bits, with its bits mixed once more.
  ///
  /// Source: http://www.isthe.com/chongo/tech/comp/fnv/
  private static func hash(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 32
    return hash &* 0x9e37_79b9_7f4a_7c15
  }
}
