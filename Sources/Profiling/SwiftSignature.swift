// SPDX-License-Identifier: MIT

/// A demangled Swift name without what makes it long: types of parameters and results, generic arguments, and the compiler's word on
/// how it specialised the function. `Foo.bar(count: Swift.Int) -> Swift.Bool` becomes `Foo.bar(count:)`.
enum SwiftSignature {
  static func shortened(_ name: String) -> String {
    let text = Array(withoutSpecialization(name).utf8)
    if text.starts(with: "reabstraction thunk".utf8) { return "reabstraction thunk" }
    var short: [UInt8] = []
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "("):
        let end = closing(index, in: text)
        let content = text[index + 1..<max(end - 1, index + 1)]
        if short.isEmpty, content.starts(with: "extension in ".utf8) {
          index = end + (end < text.count && text[end] == UInt8(ascii: ":") ? 1 : 0)
          continue
        }
        // The parameters of a closure have no labels.
        if short.last == UInt8(ascii: " ") { short.removeLast() } else { short += group(content, after: short) }
        index = end
      case UInt8(ascii: "<") where !isOperator(index, in: text): index = closing(index, in: text)
      case UInt8(ascii: " "):
        if let skipped = skippedWords(index, in: text) { index = skipped } else { fallthrough }
      default:
        short.append(text[index])
        index += 1
      }
    }
    return String(decoding: short, as: UTF8.self)
  }

  /// `generic specialization <T> of f` is `f`, for every kind of specialisation.
  private static func withoutSpecialization(_ name: String) -> String {
    var rest = Array(name.utf8)
    while let open = rest.firstIndex(of: UInt8(ascii: "<")), rest[..<open].hasSuffix(" specialization ") {
      let end = closing(open, in: rest)
      guard rest[end...].starts(with: " of ".utf8) else { break }
      rest.removeFirst(end + 4)
    }
    return String(decoding: rest, as: UTF8.self)
  }

  /// The index behind the bracket that closes the one at an index; the end when there is none.
  private static func closing(_ open: Int, in text: [UInt8]) -> Int {
    var depth = 0
    for index in open..<text.count {
      switch text[index] {
      case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ">") where text[index - 1] == UInt8(ascii: "-"): break
      case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
    }
    return text.count
  }

  /// `<` as the name of a function, which has a space or more of the same behind it.
  private static func isOperator(_ index: Int, in text: [UInt8]) -> Bool {
    guard index + 1 < text.count, index > 0 else { return true }
    return Array(" <=.".utf8).contains(text[index + 1])
      || Array("<.".utf8).contains(text[index - 1])
        && !(text[index + 1] >= UInt8(ascii: "A") && text[index + 1] <= UInt8(ascii: "z"))
  }

  /// What is left of a group in round brackets.
  private static func group(_ content: ArraySlice<UInt8>, after short: [UInt8]) -> [UInt8] {
    // A private declaration has the name of its file: `(name in _0123)`.
    if short.isEmpty || short.last == UInt8(ascii: "."), let end = content.firstRange(of: " in _") {
      return Array(content[..<end])
    }
    var labels: [UInt8] = []
    for parameter in topLevelParts(content) {
      let word = parameter.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "<") }
      let hasLabel = parameter[word.endIndex...].starts(with: ": ".utf8)
      labels += hasLabel ? Array(word) : [UInt8(ascii: "_")]
      labels.append(UInt8(ascii: ":"))
    }
    return Array("(".utf8) + labels + Array(")".utf8)
  }

  private static func topLevelParts(_ content: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let text = Array(content)
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["): index = closing(index, in: text)
      case UInt8(ascii: ","):
        parts.append(text[start..<index])
        index += 1
        while index < text.count, text[index] == UInt8(ascii: " ") { index += 1 }
        start = index
      default: index += 1
      }
    }
    if start < text.count { parts.append(text[start...]) }
    return parts
  }

  /// Where it goes on behind effects, a result's or a variable's type; nil when none begins at an index.
  private static func skippedWords(_ index: Int, in text: [UInt8]) -> Int? {
    let rest = text[index...]
    for effect in [" async", " throws"] where rest.starts(with: effect.utf8) {
      let end = index + effect.utf8.count
      if end == text.count || text[end] == UInt8(ascii: " ") { return end }
    }
    guard rest.starts(with: " -> ".utf8) || rest.starts(with: " : ".utf8) else { return nil }
    var position = index + 1
    while position < text.count {
      if text[position...].starts(with: " in ".utf8) { return position }
      switch text[position] {
      case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["): position = closing(position, in: text)
      default: position += 1
      }
    }
    return position
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
    let bytes = UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount)
    return count >= bytes.count && self.suffix(bytes.count).elementsEqual(bytes)
  }

  /// Where a text begins for the first time.
  fileprivate func firstRange(of text: StaticString) -> Int? {
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return indices.first { self[$0...].starts(with: bytes) }
  }
}
