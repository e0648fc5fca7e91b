// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Glibc
import Results

/// The file of a stored baseline: JSON, a session on each line, so that a commit of it shows what was added.
public struct GateHistoryFile: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  public func read() throws(ExperimentError) -> GateHistory {
    do {
      // Plain JSON: what JSON5 adds to it would let numbers in that are none.
      return try JSONDecoder().decode(GateHistory.self, from: Data(try bytes()))
    } catch let error as ExperimentError {
      throw error
    } catch let fault as GateHistoryFault {
      throw .malformedBaseline(path: path, reason: fault.words)
    } catch let error as DecodingError {
      throw .malformedBaseline(path: path, reason: SettingsFile.reason(error))
    } catch {
      throw .malformedBaseline(path: path, reason: "it is not JSON")
    }
  }

  /// The history as it is, without sessions where there is no file yet.
  public func readIfPresent() throws(ExperimentError) -> GateHistory {
    do { return try read() } catch .missingBaseline { return GateHistory() }
  }

  /// Adds a session to what the file has by now, and makes the file, but no folder, where there is none. Sessions that
  /// are too many for their identity go. Another process that adds one meanwhile waits.
  ///
  /// - Returns: The history as it was written.
  @discardableResult
  public func append(_ session: GateSession) throws(ExperimentError) -> GateHistory {
    // The file itself is replaced, so what is locked is its folder.
    let folder = SettingsFile.folder(of: path)
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .system(call: "flock", path: path, errno: errno) }
    }
    var history = try readIfPresent()
    do { try history.append(session) } catch { throw .malformedBaseline(path: path, reason: error.words) }
    do {
      try ResultsFolder.replace(path, with: try Self.bytes(of: history))
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .malformedBaseline(path: path, reason: "session \(session.identifier) has numbers that are none")
    }
    return history
  }

  private func bytes() throws(ExperimentError) -> [UInt8] {
    guard let stream = fopen(path, "re") else {
      let code = errno
      throw code == ENOENT ? .missingBaseline(path: path) : .system(call: "fopen", path: path, errno: code)
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      bytes += buffer[..<count]
      if count < buffer.count { break }
    }
    guard ferror(stream) == 0 else { throw .system(call: "fread", path: path, errno: errno) }
    return bytes
  }

  private static func bytes(of history: GateHistory) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try history.sessions.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let head = #"{"schemaVersion":\#(history.schemaVersion),"sessions":["#
    return Array("\(head)\n\(lines.joined(separator: ",\n"))\n]}\n".utf8)
  }
}
