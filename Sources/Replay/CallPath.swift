// SPDX-License-Identifier: MIT

/// How one replay thread calls the allocator in a given pass: bare, timed, accounted or checked.
///
/// Every method is inlined into the interpreter that is specialised for the pass, so that the bare path is the call
/// and nothing else. `slot` names the block for those that keep accounts.
protocol CallPath {
  mutating func malloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer?
  mutating func calloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer?
  mutating func realloc(_ block: UnsafeMutableRawPointer?, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer?
  mutating func aligned(_ alignment: Int, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer?
  mutating func free(_ block: UnsafeMutableRawPointer?, slot: Int)
}
