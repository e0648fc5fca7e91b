// SPDX-License-Identifier: MIT

/// What went wrong, ready to be shown: what, where, and what to do about it.
struct Failure: Error {
  var error: String
  var notes: [String] = []
  var help: [String] = []
  var status: Status
}
