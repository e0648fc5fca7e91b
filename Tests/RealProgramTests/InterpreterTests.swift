// SPDX-License-Identifier: MIT

import Testing

@Suite struct InterpreterTests {
  @Test("bash runs a script of arrays, pipes, subshells, coprocesses and jobs as without ACE")
  func bash() throws { try RealProgram("exec bash $PROGRAMS/shell.bash").expectSame() }

  @Test("perl runs hashes, expressions, sorts and forks as without ACE", .needs("perl"))
  func perl() throws {
    // Keys are read in an order that a random seed decides.
    try RealProgram("PERL_HASH_SEED=0 PERL_PERTURB_KEYS=0 exec perl $PROGRAMS/hashes.pl").expectSame()
  }

  @Test("perl runs the program that its trace was recorded from as without ACE", .needs("perl"))
  func perlModules() throws {
    try RealProgram("PERL_HASH_SEED=0 exec perl $SOURCES/workloads/programs/perl.pl").expectSame()
  }

  @Test("lua runs tables, strings, coroutines and its collector as without ACE", .needs("lua5.4"))
  func lua() throws { try RealProgram("exec lua5.4 $PROGRAMS/tables.lua").expectSame() }

  @Test("node runs buffers, its thread pool and workers as without ACE", .needs("node"))
  func node() throws { try RealProgram("exec node $PROGRAMS/script.js").expectSame() }

  @Test("java compiles and runs threads, buffers and streams as without ACE", .needs("java javac"))
  func java() throws {
    // Data for jps would go to a file named after the process.
    try RealProgram(
      """
      export JAVA_TOOL_OPTIONS="-XX:-UsePerfData -Xmx256m"
      javac -d . $PROGRAMS/Threads.java
      exec java -cp . Threads
      """
    ).expectSame()
  }
}
