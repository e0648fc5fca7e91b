// SPDX-License-Identifier: MIT

/// Why an allocator could not be used.
public enum AllocatorError: Error, Equatable {
  /// No allocator has this name.
  case unknown(name: String, known: [String])
  /// Not of the form `name=/path.so` or `name=/path.so:prefix`, or a name that is taken.
  case malformed(description: String)
  /// No such file in any of the places looked in.
  case notFound(name: String, places: [String])
  /// `dlopen` refused; its own words.
  case notLoadable(path: String, reason: String)
  /// The library lacks a function.
  case missingSymbol(path: String, symbol: String)
  /// An allocator that is called ACE lacks what every build of ACE tells of itself.
  case noStatistics(path: String)
  /// Calls were answered by another library than the one asked for.
  case notServed(expected: String, found: String)
  /// The address space is too small for the floor's reserved region.
  case noAddressSpace
}
