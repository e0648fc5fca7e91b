// SPDX-License-Identifier: MIT

/// Why the content of a frame, or an event given to the writer, makes no sense; whoever knows the file says where.
struct FrameFault: Error {
  let what: String

  init(_ what: String) { self.what = what }
}
