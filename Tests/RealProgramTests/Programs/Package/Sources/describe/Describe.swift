// SPDX-License-Identifier: MIT

import Shapes

/// Sums areas in tasks, and describes them.
@main struct Describe {
  static func main() async {
    let shapes: [any Shape] = (1...200).map { (number: Int) -> any Shape in
      if number % 3 == 0 { return Circle(radius: Double(number)) }
      return Box(width: number, height: number % 7 + 1)
    }
    let areas = await withTaskGroup(of: (String, Double).self) { group in
      for shape in shapes { group.addTask { (shape.name, shape.area) } }
      var areas: [String: [Double]] = [:]
      for await (name, area) in group { areas[name, default: []].append(area) }
      return areas
    }
    for (name, each) in areas.sorted(by: { $0.key < $1.key }) {
      print(name, each.count, Int(each.sorted().reduce(0, +)))
    }
    let words = shapes.map { "\($0.name) of \(Int($0.area))" }
    print(words.filter { $0.contains("7") }.sorted().prefix(5).joined(separator: ", "))
    print(Set(words).count, words.joined().count)
  }
}
