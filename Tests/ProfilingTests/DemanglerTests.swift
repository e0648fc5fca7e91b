// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("Names that linkers use")
struct DemanglerTests {
  @Test(
    "are turned into those of the language",
    arguments: [
      ("malloc", "malloc"), ("_ZN5outer3BoxIdE7doubledEi", "outer::Box<double>::doubled(int)"),
      ("_Znwm", "operator new(unsigned long)"), ("_Zgarbage", "_Zgarbage"), ("_Z", "_Z"), ("", ""), ("$s", "$s"),
      ("$sSa6appendyyxnF", "Swift.Array.append(_:)"),
      ("$sSS17withUTF8yyxxSRys5UInt8VGKXEKlF", "$sSS17withUTF8yyxxSRys5UInt8VGKXEKlF"),
      ("_start", "_start"),
    ])
  func names(symbol: String, name: String) {
    #expect(Demangler.name(symbol) == name)
  }

  @Test("survive being endless or deep")
  func hostile() {
    let endless = "_Z" + String(repeating: "N1a", count: 100_000)
    #expect(Demangler.name(endless) == endless)
    let deep = "_Z1f" + String(repeating: "P", count: 8000) + "i"
    #expect(!Demangler.name(deep).isEmpty)
    let swift = "$s" + String(repeating: "Say", count: 2500) + "Si"
    #expect(!Demangler.name(swift).isEmpty)
  }

  @Test(
    "of Swift lose their types",
    arguments: [
      ("Foo.bar(count: Swift.Int, in: Swift.Array<Foo.Baz>) -> Swift.Bool", "Foo.bar(count:in:)"),
      ("Foo.bar() -> ()", "Foo.bar()"),
      ("static Foo.bar(_: (Swift.Int) -> Swift.Bool) throws -> A", "static Foo.bar(_:)"),
      ("Foo.Box.init<A where A: Swift.Hashable>(of: A) -> Foo.Box<A>", "Foo.Box.init(of:)"),
      ("(extension in Foo):Swift.Array.sum() -> A", "Swift.Array.sum()"),
      ("Foo.(secret in _0123ABC)(Swift.Int) -> ()", "Foo.secret(_:)"),
      ("Foo.value.getter : Swift.Optional<Swift.Int>", "Foo.value.getter"),
      (
        "closure #1 (Swift.Int) -> Swift.Bool in closure #2 () -> () in Foo.bar(x: Swift.Int) -> Swift.Int",
        "closure #1 in closure #2 in Foo.bar(x:)"
      ),
      ("generic specialization <Swift.UInt8> of Swift.Array.append(__owned A) -> ()", "Swift.Array.append(_:)"),
      (
        "function signature specialization <Arg[0] = Owned To Guaranteed> of generic specialization <(A) -> B> of Foo.f(_: A) -> B",
        "Foo.f(_:)"
      ),
      ("static Foo.== infix(Foo, Foo) -> Swift.Bool", "static Foo.== infix(_:_:)"),
      ("static Foo.< infix(Foo, Foo) -> Swift.Bool", "static Foo.< infix(_:_:)"),
      ("reabstraction thunk helper from @escaping (@guaranteed A) -> () to B", "reabstraction thunk"),
      ("Foo.load() async throws -> Swift.String", "Foo.load()"),
      ("Foo.subscript.getter : (Swift.Int) -> A", "Foo.subscript.getter"),
      ("main", "main"), ("unbalanced((<", "unbalanced(_:)"), ("> -> ", ">"), ("", ""),
    ])
  func signatures(long: String, short: String) {
    #expect(SwiftSignature.shortened(long) == short)
  }
}
