// SPDX-License-Identifier: MIT

/// Why a replay program could not be written or read.
public enum ProgramError: Error, Equatable {
  /// A system call on the file failed.
  case system(call: String, path: String, errno: Int32)
  /// The file is not a replay program of this build.
  case notAProgram(path: String)
}
