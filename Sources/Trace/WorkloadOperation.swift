// SPDX-License-Identifier: MIT

/// The byte codes of a glibc workload.
///
/// Source: DJ Delorie's malloc tools for glibc, `mtrace.h` and `trace_run.c`. Pointers are indexes from 1, and 0 is
/// NULL.
enum WorkloadOperation: UInt8 {
  case none = 0
  /// The end of the header, or of a thread.
  case done = 1
  /// Pointer, size.
  case malloc = 2
  /// Pointer, size.
  case calloc = 3
  /// New pointer, old pointer, size.
  case realloc = 4
  /// Pointer.
  case free = 5
  /// Index: what waits for it may go on.
  case writeSync = 6
  /// Index: waits until it has been written.
  case readSync = 7
  /// How many pointers there are.
  case pointerCount = 8
  /// How many indexes for synchronisation there are.
  case syncCount = 9
  /// How many threads the header starts.
  case threadCount = 10
  /// Where in the file a thread's operations begin.
  case startThread = 11
  /// Pointer, alignment, size.
  case memalign = 12
  // Codes of which trace_run, the only description, knows no operands.
  case valloc = 13
  case pvalloc = 14
  case posixMemalign = 15
}
