// SPDX-License-Identifier: MIT

import Testing

// acebench on the allocator that it measures.
@Suite struct OwnProgramTests {
  @Test("acebench reads a trace as without ACE", arguments: ["cxx", "threads"])
  func traceInfo(trace: String) throws {
    try RealProgram("exec $PRODUCTS/acebench trace info $SOURCES/workloads/traces/\(trace).acetrace").expectSame()
  }

  @Test("acebench and its worker run a workload as without ACE", arguments: ["preload", "dlopen"])
  func workload(load: String) throws {
    // The rest of a row is what was measured.
    try RealProgram(
      """
      $PRODUCTS/acebench run tiny-hot -n 1 --pass time,memory -a system -a other=$LIBRARY --load \(load) -q -o rows.csv \
        >/dev/null
      grep -oE ',(time|memory),(system|other),' rows.csv | sort
      grep -oE ',ok,0,,[0-9]+,' rows.csv
      rm -r rows*
      """
    ).expectSame()
  }
}
