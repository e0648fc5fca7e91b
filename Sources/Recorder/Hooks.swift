// SPDX-License-Identifier: MIT
import CRecorder
import CLinux

@c(recorder_malloc)
public func recorderMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  if recorder_thread_get() == nil { return nil }
  return __libc_malloc(size)
}
