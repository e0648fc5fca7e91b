// SPDX-License-Identifier: MIT

import CRecorder

extension RawEncoder {
  /// An encoder that has no room for an event.
  static var withoutRoom: RawEncoder {
    let nowhere = recorder_arena_start()
    return RawEncoder(start: nowhere, end: nowhere, baseStamp: 0)
  }
}
