// SPDX-License-Identifier: MIT

import Results

/// Is told how a sweep goes on, in the thread that runs it.
public protocol SweepObserver: AnyObject {
  /// Before each process: how many are done, of how many, and what comes now.
  func willRun(done: Int, total: Int, what: String)
  /// For each process when its round of a cell and pass is finished, with its row as it was written and what it told
  /// beside it.
  func didMeasure(_ sample: Sample, _ details: RunDetails)
  /// Something the user should know that ends nothing.
  func didNotice(_ text: String)
}
