// SPDX-License-Identifier: MIT

extension Interpreter {
  /// Performs the calls of the pattern that comes next: one jump for all of them, to straight code.
  ///
  /// The steps are transparent because nothing less makes the compiler copy them into every case.
  @_transparent
  mutating func performPattern() {
    let pattern = next[0]
    next += 1
    switch pattern {
    case 2: malloc()
    case 3: free()
    case 4: malloc(); malloc()
    case 5: malloc(); free()
    case 6: free(); malloc()
    case 7: free(); free()
    case 8: malloc(); malloc(); malloc()
    case 9: malloc(); malloc(); free()
    case 10: malloc(); free(); malloc()
    case 11: malloc(); free(); free()
    case 12: free(); malloc(); malloc()
    case 13: free(); malloc(); free()
    case 14: free(); free(); malloc()
    case 15: free(); free(); free()
    case 16: malloc(); malloc(); malloc(); malloc()
    case 17: malloc(); malloc(); malloc(); free()
    case 18: malloc(); malloc(); free(); malloc()
    case 19: malloc(); malloc(); free(); free()
    case 20: malloc(); free(); malloc(); malloc()
    case 21: malloc(); free(); malloc(); free()
    case 22: malloc(); free(); free(); malloc()
    case 23: malloc(); free(); free(); free()
    case 24: free(); malloc(); malloc(); malloc()
    case 25: free(); malloc(); malloc(); free()
    case 26: free(); malloc(); free(); malloc()
    case 27: free(); malloc(); free(); free()
    case 28: free(); free(); malloc(); malloc()
    case 29: free(); free(); malloc(); free()
    case 30: free(); free(); free(); malloc()
    case 31: free(); free(); free(); free()
    case 32: malloc(); malloc(); malloc(); malloc(); malloc()
    case 33: malloc(); malloc(); malloc(); malloc(); free()
    case 34: malloc(); malloc(); malloc(); free(); malloc()
    case 35: malloc(); malloc(); malloc(); free(); free()
    case 36: malloc(); malloc(); free(); malloc(); malloc()
    case 37: malloc(); malloc(); free(); malloc(); free()
    case 38: malloc(); malloc(); free(); free(); malloc()
    case 39: malloc(); malloc(); free(); free(); free()
    case 40: malloc(); free(); malloc(); malloc(); malloc()
    case 41: malloc(); free(); malloc(); malloc(); free()
    case 42: malloc(); free(); malloc(); free(); malloc()
    case 43: malloc(); free(); malloc(); free(); free()
    case 44: malloc(); free(); free(); malloc(); malloc()
    case 45: malloc(); free(); free(); malloc(); free()
    case 46: malloc(); free(); free(); free(); malloc()
    case 47: malloc(); free(); free(); free(); free()
    case 48: free(); malloc(); malloc(); malloc(); malloc()
    case 49: free(); malloc(); malloc(); malloc(); free()
    case 50: free(); malloc(); malloc(); free(); malloc()
    case 51: free(); malloc(); malloc(); free(); free()
    case 52: free(); malloc(); free(); malloc(); malloc()
    case 53: free(); malloc(); free(); malloc(); free()
    case 54: free(); malloc(); free(); free(); malloc()
    case 55: free(); malloc(); free(); free(); free()
    case 56: free(); free(); malloc(); malloc(); malloc()
    case 57: free(); free(); malloc(); malloc(); free()
    case 58: free(); free(); malloc(); free(); malloc()
    case 59: free(); free(); malloc(); free(); free()
    case 60: free(); free(); free(); malloc(); malloc()
    case 61: free(); free(); free(); malloc(); free()
    case 62: free(); free(); free(); free(); malloc()
    case 63: free(); free(); free(); free(); free()
    default: break
    }
    performedCount &+= UInt64(31 - pattern.leadingZeroBitCount)
  }

  @_transparent
  private mutating func malloc() {
    let slot = Int(next[0])
    let byteCount = Int(next[1])
    next += 2
    place(calls.malloc(byteCount, slot: slot), slot, byteCount)
  }

  @_transparent
  private mutating func free() {
    let slot = Int(next[0])
    next += 1
    let block = slots[slot]
    slots[slot] = nil
    calls.free(block, slot: slot)
  }
}
