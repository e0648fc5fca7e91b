// SPDX-License-Identifier: MIT

import CLinux
import Program

/// Everything a replay needs besides the allocator: mapped and touched, so that what comes later is the allocator's.
public final class ReplayStage {
  let settings: ReplaySettings
  var image: ProgramImage
  let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  let progress: UnsafeMutablePointer<UInt64>
  let members: UnsafeMutablePointer<ReplayMember>
  let control: UnsafeMutablePointer<ReplayControl>
  let team: UnsafeMutablePointer<ReplayTeam>
  let meters: ReplayMeters

  public var header: ProgramHeader { image.header }

  /// Loads the program (its first windows, when it is larger than the settings allow) and maps all tables.
  public init(programPath: String, settings: ReplaySettings) throws(ReplayError) {
    do {
      image = try ProgramImage(path: programPath, memoryByteCount: settings.programMemoryByteCount)
    } catch {
      throw .program(error)
    }
    let threadCount = Int(image.header.threadCount)
    let slotCount = max(Int(image.header.slotCount), 1)
    guard
      let slots = Self.map(UnsafeMutableRawPointer?.self, slotCount),
      let progress = Self.map(UInt64.self, threadCount * ReplayTeam.progressStride),
      let members = Self.map(ReplayMember.self, threadCount),
      let control = Self.map(ReplayControl.self, 1),
      let team = Self.map(ReplayTeam.self, 1),
      let meters = ReplayMeters(header: image.header, settings: settings)
    else { throw .outOfMemory }
    self.settings = settings
    self.slots = slots
    self.progress = progress
    self.members = members
    self.control = control
    self.team = team
    self.meters = meters
    control.initialize(to: ReplayControl())
    try loadNextWindows()
  }

  /// Brings the next windows in; false when the program is at its end.
  @discardableResult
  func loadNextWindows() throws(ReplayError) -> Bool {
    do {
      return try image.loadNextWindows()
    } catch {
      throw .program(error)
    }
  }

  // The mappings stay until the process ends, as a stage does.
  private static func map<Element: ~Copyable>(
    _ type: Element.Type, _ count: Int
  ) -> UnsafeMutablePointer<Element>? {
    linux_map_anonymous(count * MemoryLayout<Element>.stride, Int32(MAP_POPULATE))?
      .bindMemory(to: Element.self, capacity: count)
  }
}
