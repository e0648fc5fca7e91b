// SPDX-License-Identifier: MIT

import Glibc

/// What a linker's name for a function means in the language it was written in.
enum Demangler {
  /// Names past this are shown as they are: there is nothing in them that a person would read.
  private static let longestByteCount = 8192

  /// The name of a function; as it is when it is in no form that is known.
  static func name(_ symbol: String) -> String {
    guard symbol.utf8.count <= longestByteCount else { return symbol }
    if let prefix = swiftPrefixes.first(where: symbol.hasPrefix) {
      // Later compilers than this one's may have forms of their own.
      guard prefix.utf8.count < symbol.utf8.count, let name = swiftName(symbol) else { return symbol }
      return SwiftSignature.shortened(name)
    }
    if symbol.hasPrefix("_Z") { return cxxName(symbol) ?? symbol }
    return symbol
  }

  /// Of Swift 5 and later, of its embedded form, and of Swift 4.
  private static let swiftPrefixes = ["$s", "$e", "$S", "_$s", "_$e", "_$S", "_T0"]

  private static func swiftName(_ symbol: String) -> String? {
    symbol.withCString { text in
      guard let name = swift_demangle(text, strlen(text), nil, nil, 0) else { return nil }
      defer { free(name) }
      return String(cString: name)
    }
  }

  private typealias CxxDemangle =
    @convention(c) (
      UnsafePointer<CChar>, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UnsafeMutablePointer<CInt>?
    ) -> UnsafeMutablePointer<CChar>?

  /// `__cxa_demangle` of the C++ library, which Swift's runtime brings along; nil where there is none.
  private static let cxxDemangle: CxxDemangle? = {
    let library = dlopen("libstdc++.so.6", RTLD_LAZY)
    guard let address = dlsym(library, "__cxa_demangle") ?? dlsym(dlopen(nil, RTLD_LAZY), "__cxa_demangle") else {
      return nil
    }
    return unsafeBitCast(address, to: CxxDemangle.self)
  }()

  private static func cxxName(_ symbol: String) -> String? {
    guard let cxxDemangle else { return nil }
    var status: CInt = 0
    guard let name = cxxDemangle(symbol, nil, nil, &status) else { return nil }
    defer { free(name) }
    return status == 0 ? String(cString: name) : nil
  }
}

/// `swift_demangle` of Swift's runtime: a text to be freed, or nil when the name is not in Swift's form.
@_silgen_name("swift_demangle")
private func swift_demangle(
  _ name: UnsafePointer<CChar>, _ byteCount: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ bufferByteCount: UnsafeMutablePointer<Int>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?
