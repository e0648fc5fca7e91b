// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

/// What ACE's settings are worth, from the command to the document.
@Suite struct AblateTests {
  private static let cell = ["tiny-hot:64,100,200", "-t", "1"]

  @Test("arms take turns, are compared, and everything is kept")
  func measured() throws {
    let sandbox = Sandbox()
    let ending = sandbox.start(
      ["ablate"] + Self.cell + [
        "--switch", "tiering", "--switch", "purge-delay-ms=0", "-n", "6", "--memory-rounds", "1",
      ]
        + ["-o", "rows", "--markdown", "page.md"]
    ).wait()
    #expect(ending.status == 0, "\(ending)")
    #expect(
      ending.errors == """
        note: the document is page.md
        note: rows are in rows/samples.csv, effects in rows/effects.csv

        """)
    #expect(ending.output.hasPrefix("what each setting is worth\nsetting "))
    #expect(ending.output.contains("tiny-hot, 1 thread\n"))
    #expect(ending.output.contains(" of 2 settings move something; time by 6 rounds, memory by 1 round\n"))
    let samples = try sandbox.samples("rows/samples.csv")
    let arms = ["profile=full", "profile=full;tiering=off", "profile=full;purge-delay-ms=0"]
    for (pass, rounds) in [(Pass.time, 6), (.memory, 1)] {
      for arm in arms {
        let own = samples.filter { $0.pass == pass && $0.arm == Arm(allocator: "ace", switches: arm) }
        #expect(own.map { Int($0.round) }.sorted() == Array(1...rounds), "\(arm) in \(pass)")
      }
    }
    #expect(samples.count == 3 * 7)
    let memory = samples.filter { $0.pass == .memory }
    #expect(memory.allSatisfy { $0.metrics[.residentDrained1Second] != nil && $0.metrics[.residentPeak] != nil })
    let orders = Set(samples.filter { $0.arm.switches == arms[0] }.map(\.orderInRound))
    #expect(orders.count > 1, "the base does not always come first")
    #expect(
      sandbox.read("page.md").hasPrefix("# What ACE's settings are worth\n\nMade by\n\n```sh\nacebench ablate tiny-hot")
    )

    let effects = sandbox.read("rows/effects.csv")
    // Two settings by five metrics; memory has too few rounds for an interval, and is there all the same.
    #expect(effects.split(separator: "\n").count == 1 + 2 * 5)
    let again = sandbox.run("ablate", "--from", "rows", "-f", "csv", "-q")
    #expect(again.status == 0 && again.errors == "" && again.output == effects)
    let page = sandbox.read("page.md")
    #expect(sandbox.run("ablate", "--from", "rows/", "--markdown", "again.md", "-q").status == 0)
    #expect(sandbox.read("again.md") == page, "the same rows make the same page")
    let records = try JSONRecord.all(sandbox.run("ablate", "--from", "rows", "-f", "json", "-q").output)
    #expect(records.count == 10)
    #expect(
      records.filter { $0.text("metric") == "throughput_ops_per_s" }.allSatisfy { $0.number("p_adjusted") != nil })
  }

  @Test("every setting of ACE is an arm, and ACE knows all of them")
  func everything() throws {
    let sandbox = Sandbox()
    let commands = sandbox.start(["ablate", "--dry-run"] + Self.cell).wait()
    #expect(commands.status == 0, "\(commands)")
    let time = commands.output.split(separator: "\n").filter { $0.contains("--pass time") }
    #expect(time.count == 18)
    #expect(Set(time).count == 18 && time.allSatisfy { $0.hasPrefix("ACE_PROFILE=") })
    #expect(time.count { $0.contains("libace-table.so") } == 1 && time.count { $0.contains("libace-header.so") } == 1)
    #expect(commands.output.contains("--pass memory") && !commands.output.contains("--pass latency"))
    #expect(sandbox.names() == ["tmp"], "nothing is run and nothing written")
    // What ACE does not know it complains of on standard error of the process that it serves.
    for line in Set(time) {
      let settings = line.split(separator: " ").prefix { !$0.contains("acebench-worker") }.map(String.init)
      let library = line.split(separator: " ").first { $0.hasSuffix(".so") }.map(String.init) ?? ""
      let ending = Compiled.shell("env \(settings.joined(separator: " ")) LD_PRELOAD=\(library) /bin/true")
      #expect(ending.status == 0 && ending.output == "", "\(settings): \(ending.output)")
    }
  }

  @Test("without a workload the shipped file is measured, all of which there is")
  func shipped() {
    let commands = Sandbox().start(["ablate", "--dry-run", "--switch", "tiering"]).wait()
    #expect(commands.status == 0, "\(commands)")
    let cells = commands.output.split(separator: "\n").filter { $0.hasPrefix("# ") && $0.hasSuffix("/page") }
    #expect(cells.count >= 5)
  }

  @Test("two settings in all combinations have effects and an interaction")
  func factorial() throws {
    let sandbox = Sandbox()
    let ending = sandbox.start(
      ["ablate"] + Self.cell + ["--factorial", "--switch", "tiering", "--switch", "engine=off", "-n", "6"]
        + ["--memory-rounds", "0", "-o", "rows", "-f", "json"]
    ).wait()
    #expect(ending.status == 0, "\(ending)")
    let records = try JSONRecord.all(ending.output).filter { $0.text("metric") == "throughput_ops_per_s" }
    #expect(
      Set(records.map { "\($0.text("kind") ?? "") \($0.text("setting") ?? "")" }) == [
        "effect tiering", "effect engine", "interaction tiering",
      ])
    #expect(records.allSatisfy { $0.number("rounds_count") == 6 && ($0.number("ratio") ?? 0) > 0 })
    #expect(
      try Set(sandbox.samples("rows/samples.csv").map(\.arm.switches)) == [
        "profile=full", "profile=full;tiering=off", "profile=full;engine=off", "profile=full;tiering=off;engine=off",
      ])
  }

  @Test("Ctrl-C analyses what was finished, and --resume runs the rest")
  func interrupted() throws {
    let sandbox = Sandbox()
    let run = sandbox.start(
      ["ablate"] + Self.cell + ["--switch", "tiering", "-n", "9000", "--memory-rounds", "0", "-o", "rows"])
    while TextFile.read(sandbox.path("rows/samples.csv")).split(separator: "\n").count < 16, run.isRunning {
      usleep(5_000)
    }
    run.send(SIGINT)
    let ending = run.wait()
    #expect(ending.status == 130, "\(ending)")
    #expect(
      ending.errors.hasPrefix(
        """
        warning: interrupted; what was finished is kept and analysed
        note: to go on: acebench ablate --resume rows
        note: rows are in rows/samples.csv
        """), "\(ending.errors)")
    #expect(ending.output.hasPrefix("what each setting is worth\n"))
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
    let finished = try sandbox.samples("rows/samples.csv").count
    let roundCount = finished / 2
    #expect(finished.isMultiple(of: 2))
    let resumed = sandbox.run("ablate", "--resume", "rows", "-n", "\(roundCount + 2)", "-q")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(try sandbox.samples("rows/samples.csv").count == finished + 4)
    #expect(resumed.output.contains("time by \(roundCount + 2) rounds\n"))
  }

  @Test("a time limit ends it between rounds")
  func timeLimit() throws {
    let sandbox = Sandbox()
    let ending = sandbox.start(
      ["ablate"] + Self.cell + ["--switch", "tiering", "-n", "9000", "--time-limit", "500ms", "-o", "rows"]
    ).wait()
    #expect(ending.status == 0, "\(ending)")
    #expect(ending.errors.hasPrefix("warning: the time limit is reached; what was finished is kept and analysed\n"))
  }

  @Test("processes that fail are told, and what is left is judged")
  func failing() throws {
    let sandbox = Sandbox()
    // No process of this workload ends in so short a time.
    let ending = sandbox.start(
      ["ablate", "random-mixed:200000", "-t", "1", "--switch", "tiering", "-n", "1", "--memory-rounds", "0"]
        + ["--timeout", "1ms", "-o", "rows"]
    ).wait()
    #expect(ending.status == 70 && ending.output == "", "\(ending)")
    #expect(
      ending.errors.contains(
        """
        error: no process finished: nothing can be said
        note: ace[profile=full] on random-mixed, time pass: 1 round did not finish (timeout)
        note: ace[profile=full;tiering=off] on random-mixed, time pass: 1 round did not finish (timeout)
        note: rows are in rows/samples.csv
        """), "\(ending.errors)")
    let again = sandbox.run("ablate", "--from", "rows")
    #expect(again.status == 12 && again.errors.hasPrefix("error: no process finished: nothing can be said\n"))
    // Rows that are missing, because an arm failed, leave the others as they were.
    let whole = sandbox.start(
      ["ablate"] + Self.cell + ["--switch", "tiering", "--switch", "worker", "-n", "6", "--memory-rounds", "0"]
        + ["-o", "whole", "-q"]
    ).wait()
    #expect(whole.status == 0, "\(whole)")
    let rows = sandbox.read("whole/samples.csv").split(separator: "\n", omittingEmptySubsequences: false)
    sandbox.write(
      "whole/samples.csv",
      rows.map { $0.contains("worker=off") ? String($0).replacing(",ok,", with: ",oom,") : String($0) }
        .joined(separator: "\n"))
    let rest = sandbox.run("ablate", "--from", "whole")
    #expect(rest.status == 0, "\(rest)")
    #expect(
      rest.errors.hasPrefix(
        "warning: ace[profile=full;worker=off] on tiny-hot, time pass: 6 rounds did not finish (oom)\n"))
    #expect(rest.errors.contains("note: no row that counts is of ace[profile=full;worker=off]\n"))
    #expect(rest.output.contains("tiering: on against off") && !rest.output.contains("worker"))
  }

  @Test("a build that is not ACE's is refused before anything runs")
  func notACE() {
    let sandbox = Sandbox()
    let ending = sandbox.start(
      ["ablate"] + Self.cell + ["--switch", "records=table", "-o", "rows"],
      environment: ["ACE_TABLE_LIB": Compiled.allocator()]
    ).wait()
    #expect(ending.status == 69 && ending.errors.hasPrefix("error: ace-table cannot be asked what can be set in it\n"))
    #expect(!sandbox.exists("rows"))
  }

  @Test("what makes no sense is refused, and nothing is written")
  func refused() throws {
    let sandbox = Sandbox()
    mkdir(sandbox.path("taken"), 0o755)
    sandbox.write("taken/samples.csv", "")
    for (arguments, status, message) in [
      (
        ["tiny-hot", "--switch", "tierng"], 64,
        "ACE has no setting 'tierng'\nhelp: did you mean 'tiering'?\nhelp: it has refill-one, "
      ),
      (
        ["tiny-hot", "--switch", "route=tiny"], 64, "route does not take 'tiny'\nhelp: it takes tiny-first, tiny-only, "
      ),
      (["tiny-hot", "--switch", "keep-slabs"], 64, "keep-slabs needs a value\nhelp: it goes from 0 to 64: "),
      (["tiny-hot", "--switch", "tiering="], 64, "'tiering=' is not a switch\n"),
      (["tiny-hot", "--switch", "tiering=on"], 64, "tiering=on changes nothing: the profile full has it so\n"),
      (
        ["tiny-hot", "--base", "most"], 64, "--base does not take 'most'\nhelp: it takes full, balanced, conservative\n"
      ),
      (["tiny-hot", "--factorial"], 64, "--factorial cannot combine 0 settings\nhelp: choose 2 to 5 of them"),
      (["tiny-hot", "--factorial", "--switch", "tiering"], 64, "--factorial cannot combine 1 setting\n"),
      (["tiny-hot", "--margin", "1"], 64, "--margin cannot be 1.0\n"),
      (["tiny-hit"], 64, "no workload is called 'tiny-hit'\n"),
      (["tiny-hot", "-n", "0", "--memory-rounds", "0"], 64, "the experiment has not chosen a pass"),
      (["tiny-hot", "-o", "taken"], 64, "taken already has rows\n"),
      (["--from", "taken"], 64, "taken has no ablation.json: its rows are of no ablation\n"),
      (
        ["tiny-hot", "--from", "taken", "--switch", "tiering", "-n", "3"], 64,
        "--from analyses rows that are there, by the settings that lie beside them\nhelp: leave out the workloads, "
          + "--switch, --rounds\n"
      ),
      (
        ["--resume", "taken", "--base", "full", "-n", "3"], 64,
        "--resume goes on with its own plan, in its own folder\nhelp: leave out --base\n"
      ),
    ] as [([String], Int32, String)] {
      let ending = sandbox.start(["ablate"] + arguments).wait()
      #expect(ending.status == status, "\(arguments): \(ending)")
      #expect(ending.errors.hasPrefix("error: \(message)"), "\(arguments): \(ending.errors)")
      #expect(ending.output == "", "\(arguments)")
    }
    #expect(sandbox.names() == ["taken", "tmp"])
  }
}
