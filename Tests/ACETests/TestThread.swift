// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

/// A thread of its own for a piece of a test: its heap is attached while it runs, and dormant once it has been joined.
final class TestThread: @unchecked Sendable {
  private let body: () throws -> Void
  private var failure: (any Error)?
  private var handle = pthread_t()

  /// Starts the thread.
  init(_ body: @escaping () throws -> Void) {
    self.body = body
    // ACE's own thread would look after the heaps of these whenever they wait for one another.
    Switch.worker.isOn = false
    let code = pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<TestThread>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(code == 0, "no thread could be made")
  }

  private func run() {
    do { try body() } catch { failure = error }
  }

  /// Waits until the thread has ended, destructors of its keys and all, and throws what it threw.
  func join() throws {
    pthread_join(handle, nil)
    if let failure { throw failure }
  }

  /// Runs a body on a thread of its own.
  static func run(_ body: @escaping () throws -> Void) throws { try TestThread(body).join() }

  /// Runs a body on several threads at once, each with its number.
  static func run(count: Int, _ body: @escaping (Int) throws -> Void) throws {
    let threads = (0..<count).map { number in TestThread { try body(number) } }
    var failures: [any Error] = []
    for thread in threads {
      do { try thread.join() } catch { failures.append(error) }
    }
    if let first = failures.first { throw first }
  }
}
