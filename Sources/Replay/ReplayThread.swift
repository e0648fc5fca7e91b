// SPDX-License-Identifier: MIT

import CLinux
import Glibc
import Measurement

/// The life of the threads of a replayed program, the first excepted, which is the process's own.
enum ReplayThread {
  /// What the harness needs of stack; small, so that it weighs little in VmSize.
  private static let stackByteCount = 256 << 10

  /// Starts a thread of the program, after joining those that have ended; false when the system refuses.
  static func start(_ thread: UInt32, _ team: UnsafePointer<ReplayTeam>) -> Bool {
    joinEnded(team)
    let member = team.pointee.members + Int(thread)
    member.pointee.isRunning = true
    // The start counts as the thread's first event.
    linux_store_release(team.pointee.progress(of: thread), 1)
    team.pointee.control.pointee.workingCount.wrappingAdd(1, ordering: .relaxed)
    return linux_start_thread(&member.pointee.handle, stackByteCount, { ReplayThread.live($0) }, member) == 0
  }

  /// Joins every thread that has ended since the last call, so that its stack and its allocator state are gone.
  static func joinEnded(_ team: UnsafePointer<ReplayTeam>) {
    var index = team.pointee.control.pointee.endedHead.exchange(0, ordering: .acquiring)
    while index != 0 {
      let member = team.pointee.members + Int(index - 1)
      index = member.pointee.nextEnded
      pthread_join(member.pointee.handle, nil)
    }
  }

  /// Works on groups of windows until the thread's end or the program's.
  private static func live(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let member = argument?.assumingMemoryBound(to: ReplayMember.self) else { return nil }
    let team = member.pointee.team
    let control = team.pointee.control
    // A thread is started inside a group, which cannot change before the thread has done its share.
    var generation = control.pointee.generation.load(ordering: .acquiring)
    while true {
      let hasEnded = perform(member)
      if hasEnded {
        member.pointee.isRunning = false
        break
      }
      control.finishShare()
      generation = control.waitForGeneration(after: generation)
      if control.pointee.isOver.load(ordering: .acquiring) { return nil }
    }
    pushEnded(member)
    control.finishShare()
    return nil
  }

  /// Performs a thread's share of the current group; true when the thread has ended.
  static func perform(_ member: UnsafeMutablePointer<ReplayMember>) -> Bool {
    let team = member.pointee.team
    let thread = member.pointee.thread
    let functions = team.pointee.functions
    let meters = team.pointee.meters
    guard team.pointee.entries[Int(thread)] != 0 else { return false }
    if let histograms = meters.latency {
      return perform(member, LatencyCalls(functions, histograms, thread: thread))
    }
    if let meter = meters.memory {
      return perform(member, AccountedCalls(functions: functions, meter: meter))
    }
    if let ledger = meters.ledger {
      return perform(member, CheckedCalls(functions, ledger, team: team, thread: thread))
    }
    return perform(member, BareCalls(functions: functions))
  }

  private static func perform(_ member: UnsafeMutablePointer<ReplayMember>, _ calls: some CallPath) -> Bool {
    let begin = Clock.nowNanoseconds()
    var interpreter = Interpreter(team: member.pointee.team, thread: member.pointee.thread, calls: calls)
    let hasEnded = interpreter.run()
    let idleNanoseconds = interpreter.waitNanoseconds + interpreter.pauseNanoseconds
    member.pointee.busyNanoseconds += Clock.nowNanoseconds() - begin - idleNanoseconds
    member.pointee.waitNanoseconds += interpreter.waitNanoseconds
    return hasEnded
  }

  private static func pushEnded(_ member: UnsafeMutablePointer<ReplayMember>) {
    let head = member.pointee.team.pointee.control
    var former = head.pointee.endedHead.load(ordering: .relaxed)
    while true {
      member.pointee.nextEnded = former
      let result = head.pointee.endedHead.weakCompareExchange(
        expected: former, desired: member.pointee.thread + 1, ordering: .releasing)
      if result.exchanged { return }
      former = result.original
    }
  }
}
