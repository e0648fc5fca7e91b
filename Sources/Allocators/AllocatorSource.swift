// SPDX-License-Identifier: MIT

/// Where an allocator's code comes from.
public enum AllocatorSource: Equatable, Sendable {
  /// The floor: the harness's own `null`.
  case floor
  /// Whatever serves `malloc` in the process already: the C library, or a preloaded library.
  case process
  /// A shared library, whose functions carry the libc names behind a prefix (`mi_`; often empty).
  case library(path: String, prefix: String)
}
