// SPDX-License-Identifier: MIT

import ArgumentParser

/// What ACE tells of itself, where a command shows it.
struct ACEOptions: ParsableArguments {
  @Flag(name: .customLong("stats"), help: "Show the counters of ACE too: refills, slabs, remote frees, memory.")
  var showsStatistics = false

  @Flag(
    name: .customLong("decisions"),
    help: "Show what ACE's engine decided, and why; in CSV and JSON in the place of what was measured.")
  var showsDecisions = false
}
