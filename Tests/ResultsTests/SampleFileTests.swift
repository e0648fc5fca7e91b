// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

@Suite struct SampleFileTests {
  let scratch = Scratch()
  var path: String { scratch.file("samples.csv") }

  @Test("samples are read back as they were written")
  func roundTrip() throws {
    var samples = RunStatus.allCases.enumerated().map { index, status in
      Samples.make(sequence: UInt64(index), outcome: Outcome(status, exitCode: status == .exit ? 3 : nil))
    }
    samples.append(Samples.make(arm: Samples.arms[3], outcome: Outcome(.crash, signal: SIGSEGV)))
    samples[0].environment.numaNode = 1
    samples[1].metrics = MetricValues()
    samples[2].stage = 2
    samples[2].disturbance = Disturbance(
      stealTickCount: .max, processorPressureMicroseconds: 0, loadAverage: 1.31)
    samples[3].disturbance.loadAverage = 3
    let file = try SampleFile(path: path)
    for sample in samples { try file.append(sample) }
    try file.endRound()
    #expect(try Samples.read(path) == samples)
  }

  @Test("a number that is not finite was not measured")
  func notFinite() throws {
    var metrics = MetricValues()
    metrics[.fragmentation] = .real(.nan)
    metrics[.throughput] = .real(.infinity)
    #expect(metrics == MetricValues())
    var sample = Samples.make()
    sample.disturbance.loadAverage = .nan
    try SampleFile(path: path).append(sample)
    #expect(try Samples.read(path) == [Samples.make()])
  }

  @Test("the header has schema_version first and every metric")
  func header() throws {
    _ = try SampleFile(path: path)
    let names = Scratch.text(path).split(separator: "\n")[0].split(separator: ",").map { String($0) }
    #expect(names.first == "schema_version")
    #expect(names.suffix(5) == ["stage", "steal_ticks_count", "psi_cpu_some_us", "load1", "numa_policy"])
    #expect(names.filter { Metric(rawValue: $0) != nil } == Metric.allCases.map(\.column))
    #expect(names.count == 25 + Metric.allCases.count + 11 + 5)
  }

  @Test("a file that ends anywhere in its last row is cut to the rows before it and goes on")
  func tornAtEveryByte() throws {
    let samples = (1...3).map { Samples.make(sequence: $0) }
    var lengths: [Int] = []
    do {
      let file = try SampleFile(path: path)
      for sample in samples {
        try file.append(sample)
        lengths.append(Scratch.read(path).count)
      }
    }
    let whole = Scratch.read(path)
    for length in lengths[1]..<lengths[2] {
      scratch.write(whole[..<length], to: "samples.csv")
      #expect(try Samples.read(path) == Array(samples[..<2]), "read when torn at \(length)")
      try SampleFile(path: path).append(samples[2])
      #expect(Scratch.read(path) == whole, "torn at \(length)")
    }
  }

  @Test("a torn header is written again")
  func tornHeader() throws {
    try SampleFile(path: path).append(Samples.make())
    let whole = Scratch.read(path)
    let headerLength = try #require(whole.firstIndex(of: UInt8(ascii: "\n")))
    for length in [0, 1, headerLength / 2, headerLength] {
      scratch.write(whole[..<length], to: "samples.csv")
      try SampleFile(path: path).append(Samples.make())
      #expect(Scratch.read(path) == whole, "torn at \(length)")
    }
  }

  @Test("a quote put in by hand does not get the rows after it cut away")
  func strayQuote() throws {
    do {
      let file = try SampleFile(path: path)
      var sample = Samples.make()
      sample.environment.processorModel = "plain"
      for _ in 0..<6 { try file.append(sample) }
    }
    let edited = Scratch.text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { $0 == 1 ? String($1.replacing(",plan,", with: ",\"plan,")) : String($1) }.joined(separator: "\n")
    scratch.write(edited.utf8, to: "samples.csv")
    #expect(throws: ResultsError.malformedRow(path: path, row: 2, fault: .unclosedQuote)) {
      try SampleFile(path: path)
    }
    #expect(Scratch.text(path) == edited)
  }

  @Test("a file with other columns is left alone and a numbered one begun")
  func otherHeader() throws {
    let other = "schema_version,something\n0,else"
    scratch.write(other.utf8, to: "samples.csv")
    scratch.write("not a table".utf8, to: "samples-2.csv")
    let file = try SampleFile(path: path)
    try file.append(Samples.make())
    #expect(file.path == scratch.file("samples-3.csv"))
    #expect(Scratch.text(path) == other)
    #expect(Scratch.text(scratch.file("samples-2.csv")) == "not a table")
    #expect(try Samples.read(file.path) == [Samples.make()])
    #expect(SampleFile.existingPaths(for: path) == [path, scratch.file("samples-2.csv"), file.path])
  }

  @Test("a second writer is told who the first one is")
  func lockConflict() throws {
    let first = try SampleFile(path: path)
    let second = #expect(throws: ResultsError.self) { try SampleFile(path: path) }
    guard case .locked(path, let holder) = second else {
      Issue.record("\(String(describing: second))")
      return
    }
    // A kernel that hides locks, or shows another name space's numbers, names nobody.
    #expect(holder == nil || holder == getpid())
    try first.append(Samples.make())
    #expect(try Samples.read(path).count == 1)
  }

  @Test("the lock goes with the writer")
  func lockRelease() throws {
    try SampleFile(path: path).append(Samples.make(sequence: 1))
    try SampleFile(path: path).append(Samples.make(sequence: 2))
    #expect(try Samples.read(path).map(\.sequence) == [1, 2])
  }

  @Test("a full disk is an error with its number")
  func fullDisk() {
    #expect(throws: ResultsError.system(call: "write", path: "/dev/full", errno: ENOSPC)) {
      try SampleFile(path: "/dev/full")
    }
  }

  @Test("a row that fits only in part is taken back")
  func partialRow() async {
    // The limit is the process's, hence a process of its own.
    await #expect(processExitsWith: .success) {
      let scratch = Scratch()
      let path = scratch.file("samples.csv")
      let file = try SampleFile(path: path)
      try file.append(Samples.make(sequence: 1))
      let before = Scratch.read(path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: rlim_t(before.count + 50), rlim_max: rlim_t.max)
      #expect(setrlimit(__rlimit_resource_t(1), &limit) == 0)
      #expect(throws: ResultsError.system(call: "write", path: path, errno: EFBIG)) {
        try file.append(Samples.make(sequence: 2))
      }
      limit.rlim_cur = rlim_t.max
      setrlimit(__rlimit_resource_t(1), &limit)
      #expect(Scratch.read(path) == before)
      try file.append(Samples.make(sequence: 3))
      #expect(try Samples.read(path).map(\.sequence) == [1, 3])
    }
  }

  @Test("a folder that is not there is an error with its number")
  func missingFolder() {
    let path = scratch.file("missing/samples.csv")
    #expect(throws: ResultsError.system(call: "open", path: path, errno: ENOENT)) { try SampleFile(path: path) }
  }

  @Test("a pipe gets the same bytes as a file")
  func pipeOutput() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    let piped = try SampleFile(descriptor: ends[1])
    let filed = try SampleFile(path: path)
    for file in [piped, filed] {
      try file.append(Samples.make())
      try file.endRound()
    }
    close(ends[1])
    #expect(Scratch.read("/proc/self/fd/\(ends[0])") == Scratch.read(path))
  }
}
