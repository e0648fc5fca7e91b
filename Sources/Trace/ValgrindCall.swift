// SPDX-License-Identifier: MIT

/// A call in valgrind's words: a function, numbers in brackets, some of which have a label, and what came of it.
struct ValgrindCall {
  enum Kind {
    case malloc
    case calloc
    case realloc
    case reallocArray
    case aligned
    case free
    /// A function that neither gives a block nor takes one.
    case other
  }

  private(set) var kind: Kind
  /// The arguments in their order, without an alignment that is labelled `al`.
  private(set) var first: UInt64 = 0
  private(set) var second: UInt64 = 0
  private(set) var third: UInt64 = 0
  private(set) var alignment: UInt64 = 0
  private(set) var result: UInt64 = 0
  /// Whether the line has the arguments and the result that the call must have.
  private(set) var isComplete = false

  private var argumentCount = 0
  private var hasAlignment = false

  /// Reads a line from the function on; nil when it is no call.
  init?(_ line: inout TextLine) {
    let name = line.identifier()
    guard !name.isEmpty, line.take("(") else { return nil }
    kind = Self.kind(of: name)
    if kind == .other { return }
    while true {
      guard readArguments(&line) else { return }
      if line.isEmpty {
        isComplete = kind == .free && argumentCount >= 1
        return
      }
      if line.take(" = ") { break }
      // Served by another call, which says what came of it.
      let name = line.identifier()
      guard line.take("(") else { return }
      self = ValgrindCall(kind: Self.kind(of: name))
    }
    guard let result = line.address() else { return }
    self.result = result
    let isWhole = line.isEmpty
    switch kind {
    case .malloc: isComplete = isWhole && argumentCount == 1
    case .calloc, .realloc: isComplete = isWhole && argumentCount == 2
    case .reallocArray: isComplete = isWhole && argumentCount == 3
    case .aligned: isComplete = isWhole && argumentCount == 1 && hasAlignment
    case .free, .other: break
    }
  }

  private init(kind: Kind) { self.kind = kind }

  /// Reads up to and with the closing bracket; false when the line is cut.
  private mutating func readArguments(_ line: inout TextLine) -> Bool {
    if line.take(")") { return true }
    while true {
      line.skipSpaces()
      let isAlignment = line.take("al ")
      if !isAlignment { _ = line.take("size ") }
      guard let number = line.hasPrefix("0x") ? line.address() : line.decimal() else { return false }
      add(number, isAlignment: isAlignment)
      if line.take(")") { return true }
      guard line.take(",") else { return false }
    }
  }

  private mutating func add(_ number: UInt64, isAlignment: Bool) {
    if isAlignment {
      alignment = number
      hasAlignment = true
      return
    }
    switch argumentCount {
    case 0: first = number
    case 1: second = number
    case 2: third = number
    default: break
    }
    argumentCount += 1
  }

  /// C++'s operators come under the names that the linker knows: `_Zn` begins operator new, `_Zd` operator delete.
  private static func kind(of name: TextLine) -> Kind {
    if name.isExactly("malloc") { return .malloc }
    if name.isExactly("free") || name.isExactly("cfree") { return .free }
    if name.isExactly("calloc") { return .calloc }
    if name.isExactly("realloc") { return .realloc }
    if name.isExactly("reallocarray") { return .reallocArray }
    if name.isExactly("memalign") || name.isExactly("posix_memalign") || name.isExactly("aligned_alloc") {
      return .aligned
    }
    if name.isExactly("free_sized") || name.isExactly("free_aligned_sized") { return .free }
    if name.hasPrefix("_Zn") { return name.text.contains("align_val_t") ? .aligned : .malloc }
    if name.hasPrefix("_Zd") || name.hasPrefix("__builtin_delete") || name.hasPrefix("__builtin_vec_delete") {
      return .free
    }
    if name.hasPrefix("__builtin_new") || name.hasPrefix("__builtin_vec_new") { return .malloc }
    return .other
  }
}
