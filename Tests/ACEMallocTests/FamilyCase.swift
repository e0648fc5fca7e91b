// SPDX-License-Identifier: MIT

import Testing

/// A program of Programs with what it is run with. It writes which library serves its malloc, a line for each check that
/// fails, and `done` when none did.
struct FamilyCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var source: String
  var arguments: [String] = []
  /// The library of Programs that it is linked with.
  var linked: String?
  /// The library of Programs that it opens, its last argument.
  var opened: String?

  private init(
    _ description: String, _ source: String, _ arguments: String..., linked: String? = nil, opened: String? = nil
  ) {
    self.testDescription = description
    self.source = source
    self.arguments = arguments
    self.linked = linked
    self.opened = opened
  }

  func run(under library: Library?, settings: [String] = [], timeLimitSeconds: Int = 120) -> Ending {
    let program = MallocProgram(source, options: linked.map { [MallocProgram.library($0)] } ?? [])
    return program.run(
      arguments + (opened.map { [MallocProgram.library($0)] } ?? []), under: library, settings: settings,
      timeLimitSeconds: timeLimitSeconds)
  }

  static let contents = FamilyCase("realloc keeps contents, calloc is zero after dirty reuse", "contents.c")
  static let errors = FamilyCase("the edges: no bytes, too many, wrong alignments, errno", "errors.c")
  static let threads = FamilyCase("blocks outlive threads and cross them, thousands of times", "threads.c")
  static let destructors = FamilyCase("destructors of thread-specific values allocate and free", "destructors.c")
  static let teardown = FamilyCase("thread_local and global objects allocate as they go", "teardown.cpp")
  static let operators = FamilyCase("operators new and delete, exceptions, containers", "cxx.cpp")
  static let libraries = FamilyCase("libraries are opened and closed", "dlopen.c", opened: "plugin.c")

  static let all = [
    contents, errors, threads, destructors, teardown, operators, libraries,
    FamilyCase("forks among busy threads", "fork.c", "200"),
    FamilyCase("blocks of every size are aligned, long enough and apart", "sizes.c"),
    FamilyCase("blocks of every alignment are aligned, long enough and apart", "alignments.c"),
    FamilyCase("mallinfo and its kin tell what the program does", "information.c"),
    FamilyCase("malloc before main and after it", "startup.c", linked: "early.c"),
    FamilyCase("pointers of others do no harm", "foreign.c"),
    FamilyCase("64 MiB of address space", "limits.c", "as", "64"),
    FamilyCase("256 MiB of address space", "limits.c", "as", "256"),
    FamilyCase("1 GiB of address space", "limits.c", "as", "1024"),
    FamilyCase("512 MiB of address space, limited by the running program", "limits.c", "late", "512"),
    FamilyCase("64 MiB of data", "limits.c", "data", "64"),
    FamilyCase("512 MiB of data", "limits.c", "data", "512"),
    FamilyCase("memory that is locked when it is mapped", "limits.c", "locked", "1"),
    FamilyCase("memory that is all locked", "limits.c", "locked", "2"),
  ]

  /// What a correct program does a lot of, for runs in which every free is validated.
  static let mostCalls = [
    contents, errors, FamilyCase("some forks among busy threads", "fork.c", "50"), threads, destructors, teardown,
    operators, libraries,
  ]

  static func stress(operationCount: Int, seed: Int) -> FamilyCase {
    FamilyCase("\(operationCount) random operations of 8 threads", "stress.c", "\(operationCount)", "\(seed)")
  }
}
