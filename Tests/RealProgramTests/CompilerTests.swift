// SPDX-License-Identifier: MIT

import Testing

@Suite struct CompilerTests {
  private static let c = "-std=c11 -c -o compiled.o $PROGRAMS/compiled.c"
  private static let cxx = "-std=c++17 -c -o compiled.o $PROGRAMS/threads.cpp"

  @Test(
    "GCC writes the same objects as without ACE", .needs("gcc g++"),
    arguments: ["gcc -O2 \(c)", "g++ -O2 -g \(cxx)"])
  func gcc(command: String) throws { try RealProgram(command + "; cksum compiled.o").expectSame() }

  @Test(
    "Clang writes the same objects as without ACE", .needs("clang clang++"),
    arguments: ["clang -O2 \(c)", "clang++ -O2 -g \(cxx)"])
  func clang(command: String) throws { try RealProgram(command + "; cksum compiled.o").expectSame() }

  @Test("a program of exceptions, threads, streams and expressions does as without ACE", .needs("clang++"))
  func threads() throws {
    try RealProgram("clang++ -std=c++17 -O1 -pthread -o threads $PROGRAMS/threads.cpp; exec ./threads").expectSame()
  }

  @Test("Swift builds a package of two modules, and its product runs, as without ACE")
  func swiftPackage() throws {
    // What else SwiftPM writes down has times in it, and so has the log.
    var program = RealProgram(
      """
      cp -r $PROGRAMS/Package package
      swift build --package-path package --scratch-path build --cache-path cache --config-path configuration \\
        --security-path security --disable-sandbox -j 2 >log || { cat log >&2; exit 1; }
      cp build/debug/describe .
      find build/ -name '*.swift.o' | sort | xargs cksum
      rm -rf build cache configuration security log
      exec ./describe
      """)
    program.secondLimit = 300
    try program.expectSame()
  }

  @Test("the Swift compiler optimises a module as without ACE")
  func swiftCompiler() throws {
    try RealProgram("exec swiftc -O -wmo -module-name Shapes -emit-module -c $PROGRAMS/Package/Sources/Shapes/*.swift")
      .expectSame()
  }
}
