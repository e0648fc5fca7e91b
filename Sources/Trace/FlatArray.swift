// SPDX-License-Identifier: MIT

/// A growable array of plain values that costs no reference count and no uniqueness check on the path of every event.
///
/// Beside `LineStream` the only place in this module that holds unsafe memory of its own. Indexes are checked in debug
/// builds only; those that come from a file are checked by whoever decodes them.
struct FlatArray<Element: BitwiseCopyable>: ~Copyable {
  private var storage: UnsafeMutableBufferPointer<Element>
  private(set) var count = 0

  init(capacity: Int = 16) {
    storage = .allocate(capacity: max(capacity, 1))
  }

  deinit { storage.deallocate() }

  subscript(index: Int) -> Element {
    get {
      assert(index < count, "index \(index) past count \(count)")
      return storage[index]
    }
    _modify {
      assert(index < count, "index \(index) past count \(count)")
      yield &storage[index]
    }
  }

  mutating func append(_ element: Element) {
    if count == storage.count { grow(to: count * 2) }
    storage.initializeElement(at: count, to: element)
    count &+= 1
  }

  mutating func removeAll() { count = 0 }

  /// Makes the array exactly this long; new elements are `element`.
  mutating func resize(to newCount: Int, repeating element: Element) {
    if newCount > storage.count { grow(to: newCount) }
    if newCount > count { storage[count..<newCount].initialize(repeating: element) }
    count = newCount
  }

  /// The bytes of the elements, valid during the call.
  func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: storage[..<count])))
  }

  /// The bytes of the elements for writing, valid during the call.
  mutating func withUnsafeMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: storage[..<count])))
  }

  private mutating func grow(to capacity: Int) {
    let former = storage
    storage = .allocate(capacity: capacity)
    _ = storage.moveInitialize(fromContentsOf: former[..<count])
    former.deallocate()
  }
}

extension FlatArray where Element == UInt8 {
  /// Appends a number in base 128, least significant group first, the high bit of a byte set when another follows.
  mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}
