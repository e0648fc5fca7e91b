// SPDX-License-Identifier: MIT

// Something for the Swift compiler to compile: generics, protocols, closures and enumerations, all used.

protocol Shape {
  associatedtype Unit: Numeric & Comparable
  var area: Unit { get }
  func scaled(by factor: Unit) -> Self
}

struct Square<Unit: Numeric & Comparable>: Shape {
  var side: Unit
  var area: Unit { side * side }
  func scaled(by factor: Unit) -> Square { Square(side: side * factor) }
}

struct Rectangle<Unit: Numeric & Comparable>: Shape {
  var width: Unit
  var height: Unit
  var area: Unit { width * height }
  func scaled(by factor: Unit) -> Rectangle { Rectangle(width: width * factor, height: height * factor) }
}

indirect enum Expression {
  case number(Double)
  case variable(String)
  case sum(Expression, Expression)
  case product(Expression, Expression)

  func value(_ variables: [String: Double]) -> Double? {
    switch self {
    case .number(let number): number
    case .variable(let name): variables[name]
    case .sum(let left, let right):
      if let left = left.value(variables), let right = right.value(variables) { left + right } else { nil }
    case .product(let left, let right):
      if let left = left.value(variables), let right = right.value(variables) { left * right } else { nil }
    }
  }
}

struct Heap<Element: Comparable> {
  private var elements: [Element] = []

  mutating func push(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0, elements[child] < elements[(child - 1) / 2] {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let first = elements.first else { return last }
    elements[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < elements.count }
      guard let least = children.min(by: { elements[$0] < elements[$1] }), elements[least] < elements[parent] else {
        return first
      }
      elements.swapAt(parent, least)
      parent = least
    }
  }
}

func largest<Figure: Shape>(_ figures: [Figure]) -> Figure? { figures.max { $0.area < $1.area } }

let squares = (1...100).map { Square(side: $0 * 37 % 101) }
let rectangles = zip(1...100, (1...100).reversed()).map { Rectangle(width: Double($0), height: Double($1) / 3) }
let expression = (1...20).reduce(Expression.variable("x")) { .sum(.product($0, .number(Double($1))), .variable("y")) }
var heap = Heap<Int>()
for square in squares { heap.push(square.scaled(by: 2).area) }
var words: [String: [Int]] = [:]
while let area = heap.pop() { words["area \(area % 10)", default: []].append(area) }
let longest = words.sorted { ($0.value.count, $0.key) > ($1.value.count, $1.key) }.first?.key ?? ""
print(largest(rectangles)?.scaled(by: 2).area ?? 0, expression.value(["x": 1, "y": 2]) ?? 0, longest)
