// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

/// Places that cannot be written to.
@Suite struct OutputFaultTests {
  @Test("a second sweep into a folder is refused while the first runs, and names it")
  func locked() throws {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox, timeRounds: 500)
    let first = sandbox.start(["sweep", path, "-o", "results"])
    while TextFile.read(sandbox.path("results/samples.csv")).split(separator: "\n").count < 4, first.isRunning {
      usleep(20_000)
    }
    let plan = sandbox.read("results/plan.json")
    for arguments in [["sweep", path, "--seed", "9", "-o", "results"], ["sweep", "--resume", "results"]] {
      let second = sandbox.start(arguments).wait()
      #expect(second.status == 69)
      #expect(
        second.errors == """
          error: results/samples.csv is being written by process \(first.process)
          help: wait for it, or give -o another folder

          """)
    }
    #expect(sandbox.read("results/plan.json") == plan)
    first.send(SIGINT)
    #expect(first.wait().status == 130)
    #expect(try sandbox.samples("results/samples.csv").allSatisfy { $0.outcome == .ok })
  }

  @Test(
    "a folder that cannot be made is named before anything is run",
    arguments: [
      ("file", "Not a directory", Int32(70)), ("file/results", "Not a directory", 70),
      ("/dev/null", "Not a directory", 70), ("/proc/results", "No such file or directory", 69),
    ])
  func unwritableFolder(place: String, reason: String, status: Int32) {
    let sandbox = Sandbox()
    sandbox.write("file", "")
    let ending = sandbox.run("sweep", SmallSweep.write(to: sandbox), "-o", place)
    #expect(ending.status == status)
    #expect(ending.errors == "error: \(place): \(reason) (mkdir)\n")
    #expect(ending.output == "")
  }

  @Test("a CSV that cannot be made is named before anything is run", arguments: ["nowhere/rows.csv", "/proc/rows.csv"])
  func unwritableFile(place: String) {
    let sandbox = Sandbox()
    let ending = sandbox.run("sweep", SmallSweep.write(to: sandbox), "-o", place)
    #expect(ending.status == 69)
    #expect(ending.errors == "error: \(place): No such file or directory (open)\n")
  }

  @Test("a full disk is told, in a file as in a pipe")
  func fullDevice() {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox)
    symlink("/dev/full", sandbox.path("full.csv"))
    let file = sandbox.run("sweep", path, "-o", "full.csv")
    #expect(file.status == 70)
    #expect(
      file.errors == """
        error: full.csv: No space left on device (write)
        help: free some space; what was finished is on disk, and --resume goes on from it

        """)
    let output = sandbox.run("sweep", path, "-o", "-", outputPath: "/dev/full")
    #expect(output.status == 70)
    #expect(output.errors.hasPrefix("error: standard output: No space left on device (write)\n"))
  }

  @Test("rows written before the disk was full are kept, and the sweep can be resumed")
  func limited() throws {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox, timeRounds: 30)
    // A limit of 32 blocks of 1 KiB on every file stands for a full disk; programs and outputs are far smaller.
    let limited = StartedProgram(
      "/bin/bash",
      [
        "-c", "ulimit -f 32; exec \"$0\" \"$@\"", Sandbox.program, "sweep", path, "--program-memory", "64KiB", "--pass",
        "time", "-o", "results",
      ],
      environment: ["TMPDIR": "/dev/shm"], in: sandbox, outputPath: sandbox.path("output"),
      errorPath: sandbox.path("errors")
    ).wait()
    #expect(limited.status == 70)
    #expect(limited.errors.hasPrefix("error: "), "\(limited.errors)")
    let samples = try sandbox.samples("results/samples.csv")
    #expect(!samples.isEmpty)
    #expect(samples.allSatisfy { $0.outcome == .ok })
    let resumed = sandbox.run("sweep", "--resume", "results")
    #expect(resumed.status == 0)
    var effective: Set<SmallSweep.Process> = []
    try SampleReader(path: sandbox.path("results/samples.csv")).forEachEffective(arms: SmallSweep.arms) {
      effective.insert(.init($0))
    }
    #expect(effective.count == 30 * 2 * 3)
  }

  @Test("a folder for temporary files that is not there is named")
  func temporaryFolder() {
    let sandbox = Sandbox()
    let ending = sandbox.start(
      ["sweep", SmallSweep.write(to: sandbox), "-o", "rows.csv"], environment: ["TMPDIR": "/nowhere"]
    ).wait()
    #expect(ending.status == 69)
    #expect(ending.errors == "error: /nowhere: No such file or directory (mkdtemp)\n")
  }

  @Test("a reader that goes away ends the rows, not with a crash")
  func brokenPipe() {
    let sandbox = Sandbox()
    let path = SmallSweep.write(to: sandbox)
    let result = Compiled.shell(
      "cd '\(sandbox.folder)'; { '\(Sandbox.program)' sweep '\(path)' --pass time -o - 2> errors; echo $? > code; } | head -n 1"
    )
    #expect(result.output.hasPrefix("schema_version,"), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(sandbox.read("code") == "0\n")
    #expect(sandbox.read("errors") == "")
  }

  @Test("results that cannot be shown leave no replay programs behind")
  func temporaryFiles() throws {
    let sandbox = Sandbox()
    mkdir(sandbox.path("temporary"), 0o777)
    let ending = sandbox.start(
      ["run", "tiny-hot:64,10,10", "-a", "system", "-n", "1", "--pass", "time"],
      environment: ["TMPDIR": sandbox.path("temporary")], outputPath: "/dev/full"
    ).wait()
    #expect(ending.status == 70)
    // An empty folder can be removed, another cannot.
    #expect(rmdir(sandbox.path("temporary")) == 0)
  }

  @Test("a torn last row is cut off, and its round is run again")
  func torn() throws {
    let sandbox = Sandbox()
    #expect(sandbox.run("sweep", SmallSweep.write(to: sandbox), "--pass", "time", "-o", "results").status == 0)
    let whole = TextFile.bytes(sandbox.path("results/samples.csv"))
    TextFile.write(sandbox.path("results/samples.csv"), whole.dropLast(70))
    let resumed = sandbox.run("sweep", "--resume", "results")
    #expect(resumed.status == 0)
    #expect(try sandbox.samples("results/samples.csv").count == 17 + 3)
  }
}
