// SPDX-License-Identifier: MIT

import CZlib

/// The pixels of a PNG: https://www.w3.org/TR/png-3/, of 8 bits a sample without interlacing, as browsers write it.
struct Screenshot {
  let width: Int
  let height: Int
  /// 0xRRGGBB, row by row from the top.
  let pixels: [UInt32]

  private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// Nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard bytes.count > 33, Array(bytes[..<8]) == Self.signature else { return nil }
    func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    (width, height) = (number(16), number(20))
    // The bit depth, the colour type (2 is RGB, 6 has an opacity too) and the interlacing.
    guard bytes[24] == 8, bytes[25] == 2 || bytes[25] == 6, bytes[28] == 0 else { return nil }
    var packed: [UInt8] = []
    var offset = 8
    while offset + 12 <= bytes.count {
      let count = number(offset)
      guard offset + 12 + count <= bytes.count else { return nil }
      if Array(bytes[offset + 4..<offset + 8]) == Array("IDAT".utf8) {
        packed += bytes[offset + 8..<offset + 8 + count]
      }
      offset += 12 + count
    }
    let sampleCount = bytes[25] == 2 ? 3 : 4
    var rows = [UInt8](repeating: 0, count: height * (1 + width * sampleCount))
    var byteCount = uLongf(rows.count)
    guard uncompress(&rows, &byteCount, packed, uLong(packed.count)) == Z_OK, byteCount == rows.count else {
      return nil
    }
    pixels = Self.pixels(rows, width: width, height: height, sampleCount: sampleCount)
  }

  /// Takes back the filter of each row, section 9 of the standard.
  private static func pixels(_ rows: [UInt8], width: Int, height: Int, sampleCount: Int) -> [UInt32] {
    let rowCount = width * sampleCount
    var above = [UInt8](repeating: 0, count: rowCount)
    var pixels: [UInt32] = []
    pixels.reserveCapacity(width * height)
    for row in 0..<height {
      let start = row * (rowCount + 1)
      var line = Array(rows[start + 1..<start + 1 + rowCount])
      for index in line.indices {
        let left = index < sampleCount ? 0 : line[index - sampleCount]
        let corner = index < sampleCount ? 0 : above[index - sampleCount]
        switch rows[start] {
        case 1: line[index] &+= left
        case 2: line[index] &+= above[index]
        case 3: line[index] &+= UInt8((Int(left) + Int(above[index])) / 2)
        case 4: line[index] &+= paeth(left, above[index], corner)
        default: break
        }
      }
      for place in stride(from: 0, to: rowCount, by: sampleCount) {
        pixels.append(UInt32(line[place]) << 16 | UInt32(line[place + 1]) << 8 | UInt32(line[place + 2]))
      }
      above = line
    }
    return pixels
  }

  private static func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let estimate = Int(left) + Int(above) - Int(corner)
    let distances = [left, above, corner].map { abs(estimate - Int($0)) }
    if distances[0] <= distances[1], distances[0] <= distances[2] { return left }
    return distances[1] <= distances[2] ? above : corner
  }

  /// How many pixels have each colour.
  var counts: [UInt32: Int] { pixels.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
