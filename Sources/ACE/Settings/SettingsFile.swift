// SPDX-License-Identifier: MIT

import CACE

/// A file of settings, as `acebench tune` writes it: `ace-conf 1` in the first line, then `name = value` in a line each; what
/// follows a `#` is for people.
enum SettingsFile {
  // Chosen: far above what all settings with a comment each take.
  private static let capacity = 64 << 10

  /// Hands every setting to `take`, and says in one line each what it does not know. A file of another version says nothing
  /// that can be trusted, and is left alone.
  static func read(
    _ path: TextSlice, _ variable: TextSlice, _ take: (_ name: TextSlice, _ value: TextSlice, _ path: TextSlice) -> Bool
  ) {
    guard let memory = ace_map(nil, capacity, PROT_READ | PROT_WRITE, 0) else { return }
    defer { munmap(memory, capacity) }
    // The slice ends at the zero byte of the environment's entry.
    let file = ace_open_for_reading(path.start)
    guard file >= 0 else { return Complaint.file(variable, path, " cannot be opened") }
    let count = ProgramEnvironment.read(file, into: memory, capacity)
    close(file)
    // A number that is cut is another number.
    guard count < capacity - 1 else { return Complaint.file(variable, path, " is longer than any file of settings") }
    var rest: TextSlice? = TextSlice(memory.assumingMemoryBound(to: CChar.self), count)
    var hasVersion = false
    while let some = rest {
      let (line, next) = some.split(at: 10)
      rest = next
      let text = line.split(at: 35).before.trimmed
      if text.count == 0 { continue }
      if !hasVersion {
        guard text == "ace-conf 1" else {
          return Complaint.file(variable, path, " is not of this version (its first line is to be: ace-conf 1)")
        }
        hasVersion = true
        continue
      }
      let (name, value) = text.split(at: 61)
      if let value, take(name.trimmed, value.trimmed, path) { continue }
      Complaint.unknown(path, text)
    }
    if !hasVersion { Complaint.file(variable, path, " is empty") }
  }
}
