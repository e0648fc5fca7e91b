// SPDX-License-Identifier: MIT

/// How an allocator came into the process.
public enum LoadMethod: String, CaseIterable, Sendable {
  case dlopen
  case preload
  case builtin
}
