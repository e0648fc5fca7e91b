// SPDX-License-Identifier: MIT

/// What was found not to hold, thrown so that it reaches the test from any thread and ends it.
struct Finding: Error, CustomStringConvertible {
  let description: String
}

/// Throws a finding unless a condition holds.
func demand(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws {
  if !condition { throw Finding(description: "\(file):\(line): \(message())") }
}
