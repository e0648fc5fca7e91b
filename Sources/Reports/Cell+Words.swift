// SPDX-License-Identifier: MIT

import Results

extension Cell {
  /// The cell in a heading: its workload, threads and parameters.
  var words: String {
    let threads = threadCount == 1 ? "1 thread" : "\(threadCount) threads"
    return [workload, threads, parameters].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
