// SPDX-License-Identifier: MIT

import Testing

/// A command of bash that has to do the same whether it runs bare or with the library preloaded. It finds what the tests
/// bring along in $PROGRAMS and the project in $SOURCES, and ends at the first command that fails.
struct RealProgram {
  var command: String
  /// Far beyond what it needs on a busy machine: a program that takes as long hangs.
  var secondLimit = 120
  /// Patterns of names of files that are different from run to run.
  var unlikeFiles: [String] = []
  /// Whether it may be asked for ACE's report: not when programs in it take a word on standard error for a failure.
  var mayReport = true

  init(_ command: String) { self.command = command }

  /// Runs it bare and preloaded, and expects the same exit status, standard output and files.
  /// - Parameter normalised: takes from the output what is different from run to run.
  /// - Returns: the preloaded run's ending.
  @discardableResult
  func expectSame(
    sourceLocation: SourceLocation = #_sourceLocation, normalised: (String) -> String = { $0 }
  ) throws -> Ending {
    try #require(
      PreloadedLibrary.missing.isEmpty, "\(PreloadedLibrary.missing) cannot be read", sourceLocation: sourceLocation)
    let workplace = Workplace()
    let bare = workplace.run(command, as: "bare", environment: [], secondLimit: secondLimit)
    try #require(bare.status == 0, "without the library: \(bare.lastErrors)", sourceLocation: sourceLocation)
    var environment = ["LD_PRELOAD=\(PreloadedLibrary.path)"]
    if mayReport { environment.append("ACE_STATS=1") }
    let preloaded = workplace.run(command, as: "preloaded", environment: environment, secondLimit: secondLimit)
    #expect(!preloaded.ranOutOfTime, "it did not end: \(preloaded.lastErrors)", sourceLocation: sourceLocation)
    #expect(preloaded.status == 0, "\(preloaded.lastErrors)", sourceLocation: sourceLocation)
    let outputs = (normalised(bare.output), normalised(preloaded.output))
    #expect(outputs.1 == outputs.0, sourceLocation: sourceLocation)
    let differences = workplace.differences(between: "bare", and: "preloaded", exceptFor: unlikeFiles)
    #expect(differences.isEmpty, "\(differences)", sourceLocation: sourceLocation)
    // A library that the loader or the program got past would pass everything above.
    let served = !mayReport || !PreloadedLibrary.isACE || preloaded.hasReport
    #expect(served, "no process wrote the report that ACE_STATS asks for", sourceLocation: sourceLocation)
    return preloaded
  }
}
