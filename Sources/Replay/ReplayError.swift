// SPDX-License-Identifier: MIT

import Program

/// Why a replay could not begin or go on.
public enum ReplayError: Error {
  case program(ProgramError)
  /// There is no memory for the program or its tables.
  case outOfMemory
}
