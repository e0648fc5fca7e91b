// SPDX-License-Identifier: MIT

import Glibc
import Measurement
import TestSupport
import Testing

@testable import Profiling

/// Real samples of a program whose time is known. Shares are compared with wide margins: the machine does other things as well.
@Suite(
  "Samples of a real program", .enabled(if: StartedProgram.canBeSampled, "perf_event_open is not permitted"),
  .serialized)
struct ProcessorSamplerTests {
  private static func sampled(
    _ seconds: String, _ kind: String = ""
  ) throws -> (stacks: SampledStacks, sampler: ProcessorSampler) {
    // Compiled before, so that it is not the compiler that is sampled.
    let program = CompiledProgram.busy
    let sampler = try ProcessorSampler(.programsOfThisThread)
    #expect(StartedProgram(program, seconds, kind)?.wait() == true)
    return (sampler.end(), sampler)
  }

  private static func share(_ name: String, of profile: StackProfile) -> Double {
    let totals = FunctionTotals(profile)
    let row = totals.rows.first { $0.frame.function == name }
    return Double(row?.total[0] ?? 0) / Double(max(totals.whole[0], 1))
  }

  @Test("say where it was, and who called that")
  func functions() throws {
    let (stacks, sampler) = try Self.sampled("0.6")
    #expect(stacks.sampleCount > 50)
    #expect(stacks.event == .cycles || sampler.cyclesErrno != nil)
    let profile = stacks.profile()
    #expect(profile.measures == [stacks.event.measure, ProfileMeasure(name: "samples", unit: .count)])
    #expect(profile.total(measure: 1) == Int64(stacks.sampleCount))
    let (long, short) = (Self.share("spin_long", of: profile), Self.share("spin_short", of: profile))
    #expect(Self.share("work", of: profile) > 0.6)
    #expect(long > 0.4 && short > 0.08 && long > short)
    #expect(Self.share("spin", of: profile) > 0.6)
    // Stacks begin where programs do.
    let outermost = profile.nodes.filter { profile.parent(of: $0) == .root }.compactMap(profile.frame)
    #expect(outermost.contains { $0.function == "_start" || $0.function == "main" || $0.module.name.hasPrefix("libc") })
    let chain = profile.nodes.contains { node in
      profile.frame(of: node)?.function == "spin_long"
        && profile.parent(of: node).flatMap(profile.frame)?.function == "work"
    }
    #expect(chain)
    #expect(!stacks.lacksFramePointers)
    #expect(stacks.medianUserDepth ?? 0 >= 4)
  }

  @Test("of its own time and of the kernel's for it")
  func kernel() throws {
    let (stacks, sampler) = try Self.sampled("0.6", "pages")
    try #require(stacks.sampleCount > 50)
    let profile = stacks.profile()
    // Time in the C library's `munmap`, which has no frame, seems to be its caller's caller's.
    #expect(Self.share("touch_pages", of: profile) > 0.2)
    if sampler.hasKernel {
      let kernel = profile.frames.filter { $0.origin == .kernel }
      #expect(!kernel.isEmpty)
      #expect(kernel.allSatisfy { $0.module.path == "[kernel]" })
      // Within the program's own functions, not beside them.
      #expect(
        profile.nodes.contains { node in
          profile.frame(of: node)?.origin == .kernel
            && profile.parent(of: node).flatMap(profile.frame)?.function == "touch_pages"
        })
    } else {
      #expect(profile.frames.allSatisfy { $0.origin == .user })
    }
  }

  @Test("reach its threads and the processes that it starts", arguments: ["thread", "fork"])
  func children(kind: String) throws {
    let (stacks, _) = try Self.sampled("0.4", kind)
    try #require(stacks.sampleCount > 20)
    #expect(Self.share(kind == "fork" ? "main" : "begin_thread", of: stacks.profile()) > 0.7)
    #expect(Self.share("spin_long", of: stacks.profile()) > 0.4)
  }

  @Test("can be had of a span of its time alone")
  func span() throws {
    let program = CompiledProgram.busy
    let sampler = try ProcessorSampler(.programsOfThisThread)
    let begin = Clock.nowNanoseconds()
    #expect(StartedProgram(program, "0.3")?.wait() == true)
    let middle = Clock.nowNanoseconds()
    #expect(StartedProgram(program, "0.3", "pages")?.wait() == true)
    let end = Clock.nowNanoseconds()
    let stacks = sampler.end()
    let span = try #require(stacks.span)
    #expect(span.lowerBound >= begin && span.upperBound <= end)
    let (first, second) = (stacks.profile(during: begin...middle), stacks.profile(during: middle...end))
    #expect(Self.share("work", of: first) > 0.5 && Self.share("touch_pages", of: first) == 0)
    #expect(Self.share("touch_pages", of: second) > 0.2 && Self.share("work", of: second) == 0)
    #expect(first.total(measure: 1) + second.total(measure: 1) == Int64(stacks.sampleCount))
    #expect(first.durationNanoseconds == middle - begin)
  }

  @Test("of a process that runs already")
  func running() throws {
    let program = try #require(StartedProgram(CompiledProgram.busy, "0.8"))
    usleep(150_000)
    let sampler = try ProcessorSampler(.process(program.process))
    #expect(program.wait())
    let stacks = sampler.end()
    try #require(stacks.sampleCount > 20)
    #expect(Self.share("spin_long", of: stacks.profile()) > 0.4)
  }

  @Test("are as many as the kernel allows, when more are asked for")
  func frequency() throws {
    let sampler = try ProcessorSampler(.programsOfThisThread, frequency: 1 << 40)
    #expect(sampler.end().frequency == OnlineProcessors.highestFrequency())
  }

  @Test("of a process that is not there are refused")
  func missing() throws {
    #expect(throws: ProfilingError.system(call: "perf_event_open", path: "perf_event", errno: ESRCH)) {
      _ = try ProcessorSampler(.process(Int32.max))
    }
  }

  @Test("of a program that ends at once, or whose file is gone, are none or nameless")
  func short() throws {
    let (stacks, _) = try Self.sampled("0")
    #expect(stacks.profile().total(measure: 1) == Int64(stacks.sampleCount))
    let copy = CompiledProgram.busy + ".copy"
    #expect(CompiledProgram.shell("cp '\(CompiledProgram.busy)' '\(copy)'").status == 0)
    let sampler = try ProcessorSampler(.programsOfThisThread)
    #expect(StartedProgram(copy, "0.3")?.wait() == true)
    #expect(unlink(copy) == 0)
    // The file was opened when it was mapped.
    #expect(Self.share("spin_long", of: sampler.end().profile()) > 0.4)
  }

  @Test("go through ACE, which keeps frame pointers wherever it calls")
  func allocator() throws {
    let path = CompiledProgram.busy
    let sampler = try ProcessorSampler(.programsOfThisThread)
    let program = StartedProgram(
      path, "0.4", "churn", variables: ["LD_PRELOAD=" + Products.path("libace.so")])
    #expect(program?.wait() == true)
    let stacks = sampler.end()
    try #require(stacks.sampleCount > 20)
    let profile = stacks.profile()
    let ace = profile.nodes.filter { profile.frame(of: $0)?.module.name == "libace.so" }
    #expect(!ace.isEmpty)
    // From the depth of ACE out to main, without a gap.
    let reachesMain = ace.filter { node in
      var caller: StackNode? = node
      while let next = caller {
        if profile.frame(of: next)?.function == "main" { return true }
        caller = profile.parent(of: next)
      }
      return false
    }
    #expect(reachesMain.count * 2 > ace.count)
    #expect(ace.allSatisfy { profile.frame(of: $0)?.function.hasPrefix("libace.so+0x") == false })
  }

  @Test("warn when callers are missing because there are no frame pointers")
  func framePointers() throws {
    let program = CompiledProgram.path("busy.c", "-O2 -fomit-frame-pointer -pthread")
    let sampler = try ProcessorSampler(.programsOfThisThread)
    #expect(StartedProgram(program, "0.3")?.wait() == true)
    let stacks = sampler.end()
    try #require(stacks.sampleCount > 20)
    #expect(stacks.lacksFramePointers)
  }
}
