// SPDX-License-Identifier: MIT

import Testing

@Suite struct PythonTests {
  /// The first Python that has its own tests: some are installed without.
  private static let python = ["python3", "/usr/bin/python3"].first {
    Workplace.succeeds("\($0) -c 'import test.test_json, test.test_fork1'")
  }

  /// Every object of Python's comes from malloc, and not from a pool of its own.
  private static func command(_ arguments: String) -> RealProgram {
    // Some python3 are scripts that look for the real one.
    RealProgram(
      """
      python=$(\(python ?? "python3") -c 'import sys; print(sys.executable)')
      PYTHONMALLOC=malloc PYTHONHASHSEED=0 exec "$python" \(arguments)
      """)
  }

  @Test(
    "CPython passes its own tests as without ACE (package libpython3…-testsuite)", .enabled(if: python != nil),
    arguments: [
      "test_json test_list test_tuple test_dict test_set test_deque",
      "test_bytes test_unicode test_re test_memoryview test_array test_struct test_sort",
      "test_gc test_weakref test_generators test_pickle test_zlib test_mmap",
      "test_thread test_fork1",
      // Without the classes that test the locks' clocks, which wait for seconds, and the test of a Python without site.
      "test_threading:ThreadTests:ThreadJoinOnShutdown:SubinterpThreadingTests:ThreadingExceptionTests:ExceptHookTests"
        + " -test_import_from_another_thread",
      "test_multiprocessing_main_handling:ForkCmdLineTest",
    ])
  func ownTests(modules: String) throws {
    var program = Self.command("$PROGRAMS/modules.py \(modules)")
    program.unlikeFiles = ["__pycache__"]
    try program.expectSame()
  }

  @Test("threads, forks and processes of Python do as without ACE", .needs("python3"))
  func objects() throws { try Self.command("$PROGRAMS/objects.py").expectSame() }
}
