// SPDX-License-Identifier: MIT

/// Runs a program with the recorder preloaded.
public struct Recording {
  private let program: ForegroundProgram

  /// - Parameter rawPath: the raw trace, from the root; a file that is there makes the recorder refuse.
  public init(
    command: [String], rawPath: String, recorder: String, order: String, follow: String, durationSeconds: Double?,
    sampleByteCount: Int?, controlPath: String?
  ) {
    var environment = [
      "LD_PRELOAD=\(recorder)", "ACERECORD_OUTPUT=\(rawPath)", "ACERECORD_ORDER=\(order)", "ACERECORD_FOLLOW=\(follow)",
    ]
    if let durationSeconds { environment.append("ACERECORD_DURATION_MS=\(Int(durationSeconds * 1000))") }
    if let sampleByteCount { environment.append("ACERECORD_SAMPLE_BYTES=\(sampleByteCount)") }
    if let controlPath { environment.append("ACERECORD_CONTROL=\(controlPath)") }
    program = ForegroundProgram(command: command, environment: environment)
  }

  /// The program's status as a shell would put it.
  public func run() throws -> Int32 { try program.run().status }
}
