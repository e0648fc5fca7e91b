// SPDX-License-Identifier: MIT
// Functions with names that are worth demangling.

struct Box<Value> {
  var value: Value

  @inline(never)
  func repeated(times count: Int, _ body: (Value) -> Int) -> Int {
    var sum = 0
    for _ in 0..<count { sum &+= body(value) }
    return sum
  }
}

@inline(never)
private func hidden(_ number: Int) -> Int { number &* 3 }

print(Box(value: CommandLine.arguments.count).repeated(times: 3) { hidden($0) })
