// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// A thread that reads rings while a program runs, so that they do not fill up.
final class RingReader {
  /// What the thread works on; nobody else looks at it until the thread has ended.
  private final class Work: @unchecked Sendable {
    let rings: [PerfRing]
    let stop: Int32
    var collector: SampleCollector

    init(_ rings: [PerfRing], _ collector: SampleCollector, stop: Int32) {
      self.rings = rings
      self.collector = collector
      self.stop = stop
    }
  }

  /// So that little is lost of a ring that is not full enough to wake anybody.
  private static let longestWaitMilliseconds: Int32 = 100

  private let work: Work
  private let thread: pthread_t
  private let stop: Int32
  private var isRunning = true

  init(_ rings: [PerfRing], _ collector: SampleCollector) throws(ProfilingError) {
    var ends: [Int32] = [-1, -1]
    guard linux_pipe(&ends) == 0 else { throw .system(call: "pipe2", path: "", errno: errno) }
    let work = Work(rings, collector, stop: ends[0])
    let argument = Unmanaged.passRetained(work)
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        RingReader.read(Unmanaged<Work>.fromOpaque(argument).takeRetainedValue())
        return nil
      }, argument.toOpaque())
    guard failure == 0 else {
      argument.release()
      close(ends[0])
      close(ends[1])
      throw .system(call: "pthread_create", path: "", errno: failure)
    }
    self.work = work
    self.thread = thread
    stop = ends[1]
  }

  deinit { _ = end() }

  /// Reads what is left and ends the thread.
  func end() -> SampleCollector {
    if isRunning {
      isRunning = false
      close(stop)
      pthread_join(thread, nil)
      close(work.stop)
    }
    return work.collector
  }

  private static func read(_ work: Work) {
    var watched = work.rings.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    watched.append(pollfd(fd: work.stop, events: Int16(POLLIN), revents: 0))
    var bytes: [UInt8] = []
    var hasEnded = false
    while !hasEnded {
      poll(&watched, nfds_t(watched.count), longestWaitMilliseconds)
      // A ring of a program that has ended would wake at once, again and again.
      for index in work.rings.indices where watched[index].revents & Int16(POLLHUP) != 0 { watched[index].fd = -1 }
      hasEnded = watched[work.rings.count].revents != 0
      bytes.removeAll(keepingCapacity: true)
      for ring in work.rings { ring.drain(into: &bytes) }
      bytes.withUnsafeBytes { work.collector.receive($0) }
    }
    work.collector.finish()
  }
}
