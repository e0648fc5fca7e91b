// SPDX-License-Identifier: MIT

/// What libFuzzer calls with every input. `scripts/fuzz-trace.sh` builds it together with the sources of `Trace`.
@c(LLVMFuzzerTestOneInput)
public func fuzzTrace(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    try FuzzInput.run(bytes)
  } catch {
    fatalError("\(error)")
  }
  return 0
}
