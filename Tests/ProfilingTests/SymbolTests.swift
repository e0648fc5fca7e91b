// SPDX-License-Identifier: MIT

import CLinux
import TestSupport
import Testing
import Trace

@testable import Profiling

@Suite("Names of functions in a file")
struct SymbolTests {
  /// The function that a file has at the place of an address that `nm` tells.
  private static func function(_ symbol: String, of path: String, named file: String? = nil) throws -> (
    name: String, address: UInt64, wanted: UInt64
  ) {
    let line = try #require(
      CompiledProgram.shell("nm '\(path)'").output.split(separator: "\n").first { $0.hasSuffix(" " + symbol) })
    let address = try #require(UInt64(line.prefix(16), radix: 16))
    let bytes = try TraceBytes(path: file ?? path)
    let elf = try #require(ELFFile(bytes))
    let segment = try #require(
      elf.segments.first { $0.type == 1 && $0.address <= address && address - $0.address < $0.fileByteCount })
    let symbols = try #require(ModuleSymbols(bytes, path: file ?? path))
    // In the middle of the function, and not where it begins.
    let found = symbols.function(atFileOffset: address - segment.address + segment.offset + 3)
    return (found.name, found.address, address)
  }

  @Test(
    "are those of C and C++, demangled, in programs at any place and at their own",
    arguments: ["-O1 -pie -fPIE", "-O1 -no-pie -fno-PIE", "-O1 -g -pie -fPIE"])
  func names(options: String) throws {
    let path = CompiledProgram.path("names.cpp", options)
    let plain = try Self.function("plain_function", of: path)
    #expect(plain.name == "plain_function")
    #expect(plain.address == plain.wanted)
    #expect(try Self.function("_ZL15hidden_functioni", of: path).name == "hidden_function(int)")
    #expect(try Self.function("_ZNK5outer3BoxIdE7doubledEi", of: path).name == "outer::Box<double>::doubled(int) const")
    #expect(try Self.function("main", of: path).name == "main")
  }

  @Test("are places in a file without symbols, the same for the whole of a function")
  func stripped() throws {
    let whole = CompiledProgram.path("names.cpp", "-O1 -pie -fPIE")
    let stripped = CompiledProgram.path("names.cpp", "-O1 -pie -fPIE", then: "strip")
    let found = try Self.function("_ZL15hidden_functioni", of: whole, named: stripped)
    let file = ProfileModule(path: stripped).name
    #expect(found.name == "\(file)+0x\(String(found.wanted, radix: 16))")
    #expect(found.address == found.wanted)
  }

  @Test("come from the file that has them, when they were taken out", arguments: [false, true])
  func separateFile(hasIdentifier: Bool) throws {
    let folder = TemporaryFolder()
    let path = folder.file("program")
    let identifier = hasIdentifier ? "sha1" : "none"
    let status = CompiledProgram.shell(
      "cd '\(folder.path)' && clang++ -w -O1 -pie -fPIE -Wl,--build-id=\(identifier)"
        + " -o program '\(CompiledProgram.sources)/names.cpp' && cp program whole"
        + " && objcopy --only-keep-debug program program.debug && strip program"
        + " && objcopy --add-gnu-debuglink=program.debug program"
    ).status
    #expect(status == 0)
    #expect(try Self.function("plain_function", of: folder.file("whole"), named: path).name == "plain_function")
    // Symbols of another build would be wrong ones.
    let other = CompiledProgram.shell(
      "cd '\(folder.path)' && echo 'int main() { return 3; }' | clang++ -pie -fPIE -Wl,--build-id=\(identifier)"
        + " -x c++ -o other - && objcopy --only-keep-debug other program.debug")
    #expect(other.status == 0)
    #expect(
      try Self.function("plain_function", of: folder.file("whole"), named: path).name.hasPrefix("program+0x"))
  }

  @Test("of Swift are demangled, without their types")
  func swift() throws {
    let path = CompiledProgram.path("names.swift", "-Onone")
    let symbols = CompiledProgram.shell("nm '\(path)'").output.split(separator: "\n").map { $0.dropFirst(19) }
    let method = try #require(symbols.first { $0.contains("3BoxV8repeated") && $0.hasSuffix("F") })
    #expect(try Self.function(String(method), of: path).name.hasSuffix("Box.repeated(times:_:)"))
    let hidden = try #require(
      symbols.first { $0.contains("6hidden") && $0.hasSuffix("LF") || $0.contains("6hidden33") })
    #expect(try Self.function(String(hidden), of: path).name.hasSuffix(".hidden(_:)"))
  }

  @Test("of this very program, where it is mapped")
  func ownProgram() throws {
    let function: @convention(c) () -> Void = markedFunction
    let address = UInt64(UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer?.self)))
    let mapping = try #require(
      ProcessMaps.read(process: getpid()).first { address >= $0.start && address - $0.start < $0.byteCount })
    let symbols = try #require(ModuleSymbols(try TraceBytes(path: mapping.path), path: mapping.path))
    #expect(
      symbols.function(atFileOffset: address - mapping.start + mapping.fileOffset).name == "profiling_tests_marked")
  }

  @Test("have the build id of the file")
  func buildIdentifier() throws {
    let path = CompiledProgram.path("names.cpp", "-O1 -Wl,--build-id=0x0123456789abcdef")
    let symbols = try #require(ModuleSymbols(try TraceBytes(path: path), path: path))
    #expect(symbols.buildIdentifier == "0123456789abcdef")
  }

  @Test("of the C library are known even where it is stripped")
  func library() throws {
    let path = String(cString: try #require(linux_libc_path()))
    let symbols = try #require(ModuleSymbols(try TraceBytes(path: path), path: path))
    let malloc = UInt64(UInt(bitPattern: dlsym(nil, "qsort")))
    let mapping = try #require(
      ProcessMaps.read(process: getpid()).first { malloc >= $0.start && malloc - $0.start < $0.byteCount })
    #expect(symbols.function(atFileOffset: malloc - mapping.start + mapping.fileOffset).name.hasSuffix("qsort"))
  }

  @Test("are asked for by path, and there is one for every place")
  func symbolizer() throws {
    var symbolizer = ModuleSymbolizer()
    let path = CompiledProgram.path("names.cpp", "-O1 -pie -fPIE")
    let plain = try Self.function("plain_function", of: path)
    let elf = try #require(ELFFile(try TraceBytes(path: path)))
    let segment = try #require(
      elf.segments.first { $0.type == 1 && $0.address <= plain.wanted && plain.wanted - $0.address < $0.fileByteCount })
    let frame = symbolizer.frame(path: path, fileOffset: plain.wanted - segment.address + segment.offset)
    #expect(frame.function == "plain_function" && frame.module.path == path && frame.address == plain.wanted)
    #expect(symbolizer.frame(path: "", fileOffset: 4096).function == StackFrame.unknownFunction)
    #expect(symbolizer.frame(path: "[heap]", fileOffset: 4096).function == StackFrame.unknownFunction)
    #expect(symbolizer.frame(path: "/nowhere/libx.so", fileOffset: 4096).function == "libx.so+0x1000")
    #expect(symbolizer.frame(path: "/etc/passwd", fileOffset: 4096).function == "passwd+0x1000")
    #expect(symbolizer.frame(path: "[vdso]", fileOffset: 0).module.path == "[vdso]")
  }

  @Test("of the kernel are read from its list, whatever its order")
  func kernel() throws {
    let folder = TemporaryFolder()
    let path = folder.write(
      "kallsyms",
      Array(
        "ffffffff81000300 T third\nffffffff81000100 t first\nffffffff81000200 T second\t[module]\nffffffff81000250 D data\n"
          .utf8))
    let symbols = try #require(KernelSymbols(path: path))
    #expect(symbols.function(at: 0xffff_ffff_8100_0000) == nil)
    #expect(symbols.function(at: 0xffff_ffff_8100_0100)?.name == "first")
    #expect(symbols.function(at: 0xffff_ffff_8100_02ff)?.name == "second")
    #expect(symbols.function(at: 0xffff_ffff_8100_ffff)?.start == 0xffff_ffff_8100_0300)
    // Who may not see addresses is told zeros.
    folder.write("hidden", Array("0000000000000000 T first\n".utf8))
    #expect(KernelSymbols(path: folder.file("hidden")) == nil)
    #expect(KernelSymbols(path: folder.file("nowhere")) == nil)
  }
}

@c(profiling_tests_marked) func markedFunction() {}
