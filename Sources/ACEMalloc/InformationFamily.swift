// SPDX-License-Identifier: MIT

import CACE

// What glibc offers for looking at its heap and trimming it. The numbers are ACE's.

@c(ace_malloc_trim)
public func aceMallocTrim(_ keptByteCount: UInt) -> Int32 { trim() ? 1 : 0 }

/// ACE has none of the parameters that mallopt knows; as with glibc, what is not known is accepted and does nothing.
@c(ace_mallopt)
public func aceMallopt(_ parameter: Int32, _ value: Int32) -> Int32 { 1 }

@c(ace_mallinfo2)
public func aceMallinfo2() -> mallinfo2 {
  let use = MemoryUse.now()
  var result = ace_empty_mallinfo2()
  result.arena = Int(use.heapByteCount)
  result.ordblks = Int(use.freeBlockCount)
  result.hblks = Int(use.hugeBlockCount)
  result.hblkhd = Int(use.hugeByteCount)
  result.uordblks = Int(use.liveByteCount)
  result.fordblks = result.arena + Int(use.hugeByteCount) - Int(use.liveByteCount)
  result.keepcost = Int(use.freeSlabByteCount)
  return result
}

/// The older form, whose numbers stop at 2 GiB.
@c(ace_mallinfo)
public func aceMallinfo() -> mallinfo {
  let wide = aceMallinfo2()
  var result = ace_empty_mallinfo()
  result.arena = Int32(clamping: wide.arena)
  result.ordblks = Int32(clamping: wide.ordblks)
  result.hblks = Int32(clamping: wide.hblks)
  result.hblkhd = Int32(clamping: wide.hblkhd)
  result.uordblks = Int32(clamping: wide.uordblks)
  result.fordblks = Int32(clamping: wide.fordblks)
  result.keepcost = Int32(clamping: wide.keepcost)
  return result
}

@c(ace_malloc_stats)
public func aceMallocStats() { Report.write(to: 2) }

/// As glibc's: XML on a stream; other options than 0 are EINVAL.
@c(ace_malloc_info)
public func aceMallocInfo(_ options: Int32, _ stream: UnsafeMutableRawPointer?) -> Int32 {
  guard options == 0, let stream else { return EINVAL }
  let use = MemoryUse.now()
  var line = MessageLine("<malloc version=\"ace-1\">")
  line.write(to: stream)
  writeElement("system", "current", use.heapByteCount + use.hugeByteCount, stream)
  writeElement("live", "current", use.liveByteCount, stream)
  writeElement("mmap", "current", use.hugeByteCount, stream)
  line = MessageLine("</malloc>")
  line.write(to: stream)
  return 0
}

private func writeElement(
  _ name: StaticString, _ kind: StaticString, _ byteCount: UInt64, _ stream: UnsafeMutableRawPointer
) {
  var line = MessageLine("<")
  line.append(name)
  line.append(" type=\"")
  line.append(kind)
  line.append("\" size=\"")
  line.append(byteCount)
  line.append("\"/>")
  line.write(to: stream)
}
