// SPDX-License-Identifier: MIT

import Testing

/// What was typed wrongly has one clear message, and the exit code of usage.
@Suite struct MistypedTests {
  struct Case: CustomTestStringConvertible {
    var line: String
    var message: String
    var testDescription: String { line }
  }

  /// Messages of our own, whole.
  static let cases = [
    Case(line: "sweeep", message: "error: 'sweeep' is not a command of acebench\nhelp: did you mean 'sweep'?\n"),
    Case(
      line: "frobnicate",
      message: "error: 'frobnicate' is not a command of acebench\nhelp: 'acebench --help' lists the commands\n"),
    Case(line: "trace inof", message: "error: 'inof' is not a command of acebench trace\nhelp: did you mean 'info'?\n"),
    Case(
      line: "run larsn",
      message: """
        error: no workload is called 'larsn'
        help: did you mean 'larson'?
        help: 'acebench list workloads' shows them; a trace is named by its path

        """),
    Case(
      line: "sweep -w larsn -a system",
      message: """
        error: no workload is called 'larsn'
        help: did you mean 'larson'?
        help: 'acebench list workloads' shows them; a trace is named by its path

        """),
    Case(
      line: "run random-mixed -a mimaloc",
      message: """
        error: no allocator is called 'mimaloc'
        help: did you mean 'mimalloc'?
        help: 'acebench list allocators' shows them; any library can be named as mimaloc=/path.so

        """),
    Case(
      line: "run random-mixed(operatons=5)",
      message: """
        error: random-mixed has no parameter 'operatons'
        help: did you mean 'operations'?
        help: 'acebench list workloads -v' shows the parameters

        """),
    Case(
      line: "run random-mixed:0",
      message: "error: operations of random-mixed cannot be 0\nhelp: it goes from 1 to 1000000000\n"),
    Case(line: "run random-mixed:abc", message: "error: operations of random-mixed takes a number, not 'abc'\n"),
    Case(line: "run random-mixed:1,2,64,4", message: "error: random-mixed takes at most 3 values\n"),
    Case(
      line: "run random-mixed(slots",
      message:
        "error: 'random-mixed(slots' does not describe a workload\nhelp: write a name, name:value,value or name(parameter=value,…)\n"
    ),
    Case(
      line: "run random-mixed --switch x",
      message: "error: 'x' is not a switch\nhelp: write name=value or name=value,value\n"),
    Case(
      line: "run random-mixed --switch a=1,,2",
      message: "error: 'a=1,,2' is not a switch\nhelp: write name=value or name=value,value\n"),
    Case(
      line: "sweep -a ace --switch refill-one=of",
      message: "error: refill-one does not take 'of'\nhelp: it takes on, off\n"),
    Case(
      line: "sweep -a ace --switch purge-delay-ms=99999999999",
      message: "error: purge-delay-ms cannot be 99999999999\nhelp: it goes from 0 to 86400000\n"),
    Case(
      line: "sweep -a ace --switch purge-delay-ms=soon",
      message: "error: purge-delay-ms takes a whole number, not 'soon'\n"),
    Case(
      line: "sweep -a ace --switch foo=on",
      message: "error: ACE has no switch 'foo'\nhelp: 'acebench list knobs' shows them\n"),
    Case(
      line: "run random-mixed -a ace --switch refil-one=on --dry-run",
      message: """
        error: ACE has no switch 'refil-one'
        help: did you mean 'refill-one'?
        help: 'acebench list knobs' shows them

        """),
    Case(
      line: "run random-mixed -a ace --switch engine=onn",
      message: "error: engine does not take 'onn'\nhelp: it takes off, observe, on\n"),
    Case(
      line: "run random-mixed -a ace --switch conf=/dev/null",
      message: """
        error: ace is not set as conf=/dev/null says
        note: ACE_CONF: /dev/null is empty, defaults are kept
        help: 'acebench list knobs' shows what can be set

        """),
    Case(line: "run random-mixed --threads 0", message: "error: --threads cannot be 0\nhelp: it is at least 1\n"),
    Case(
      line: "run -n 9223372036854775807 -- /bin/true",
      message: "error: rounds cannot be 9223372036854775807\nhelp: it goes from 0 to 1000000\n"),
    Case(
      line: "run random-mixed --timeout 0s",
      message: "error: processTimeLimitSeconds cannot be 0.0\nhelp: it goes from 0.001 to 9000000000.0\n"),
    Case(line: "run random-mixed -n 0", message: "error: --rounds cannot be 0\nhelp: it is at least 1\n"),
    Case(line: "run -n 0 -- /bin/true", message: "error: --rounds cannot be 0\nhelp: it is at least 1\n"),
    Case(line: "run random-mixed --repeat 0", message: "error: --repeat cannot be 0\nhelp: it is at least 1\n"),
    Case(line: "run random-mixed --warmup=-1", message: "error: --warmup cannot be -1\nhelp: it is at least 0\n"),
    Case(
      line: "run random-mixed --drain 7s",
      message: "error: --drain does not take '7s'\nhelp: it takes 100ms, 1s and 5s\n"),
    Case(
      line: "run random-mixed --touch al",
      message: "error: --touch does not take 'al'\nhelp: it takes none, first, page, all\n"),
    Case(
      line: "run random-mixed --pass tme",
      message: "error: --pass does not take 'tme'\nhelp: it takes time, memory, latency\n"),
    Case(
      line: "run random-mixed --load open",
      message: "error: --load does not take 'open'\nhelp: it takes dlopen, preload\n"),
    Case(
      line: "run random-mixed --stats --check",
      message: "error: --stats has nowhere to show counters\nhelp: leave out --check, which measures nothing\n"),
    Case(
      line: "run random-mixed --stats -f csv",
      message: "error: --stats has nowhere to show counters\nhelp: leave standard output to it: -o FILE.csv\n"),
    Case(
      line: "run random-mixed --stats -o -",
      message: "error: --stats has nowhere to show counters\nhelp: leave standard output to it: -o FILE.csv\n"),
    Case(
      line: "run random-mixed --decisions --check",
      message: "error: --decisions has nowhere to show them\nhelp: leave out --check, which measures nothing\n"),
    Case(
      line: "run random-mixed --decisions -o -",
      message: "error: --decisions has nowhere to show them\nhelp: leave standard output to it: -o FILE.csv\n"),
    Case(
      line: "run random-mixed --decisions --stats -f json",
      message: "error: --stats and --decisions do not fit into one JSON\nhelp: leave one of them out\n"),
    Case(
      line: "run random-mixed -a system --switch engine=on",
      message: """
        error: --switch sets nothing: no allocator is ACE
        help: name it with -a ace; a library of your own is ACE when it is named ace-NAME=/path.so

        """),
    Case(
      line: "run random-mixed -a null=/lib.so",
      message: """
        error: 'null=/lib.so' does not describe an allocator
        help: give a known name, name=/path.so, or name=/path.so:prefix_ for functions called prefix_malloc

        """),
  ]

  @Test("what is mistyped is named, with what may have been meant", arguments: cases)
  func mistyped(_ mistyped: Case) {
    let ending = Sandbox().start(mistyped.line.split(separator: " ").map(String.init)).wait()
    #expect(ending.status == 64)
    #expect(ending.errors == mistyped.message)
    #expect(ending.output == "")
  }

  /// Messages of ArgumentParser, whose first line is ours to choose only in part.
  @Test(
    "what cannot be parsed is named, with the usage of its command",
    arguments: [
      Case(
        line: "run random-mixed --threads 1,x", message: "Error: The value '1,x' is invalid for '--threads <threads>'"),
      Case(
        line: "run random-mixed --threads 3..1",
        message: "Error: The value '3..1' is invalid for '--threads <threads>'"),
      Case(
        line: "run random-mixed --timeout soon",
        message: "Error: The value 'soon' is invalid for '--timeout <timeout>'"),
      Case(
        line: "run random-mixed --program-memory 1XB",
        message: "Error: The value '1XB' is invalid for '--program-memory <program-memory>'"),
      Case(line: "run random-mixed --rond 3", message: "Error: Unknown option '--rond'. Did you mean '--rounds'?"),
      Case(line: "run", message: "Error: Name either a workload or a trace, or a program behind '--'."),
      Case(
        line: "run random-mixed -- /bin/true",
        message: "Error: Name either a workload or a trace, or a program behind '--'."),
      Case(
        line: "run --stats -- /bin/true",
        message: "Error: A program behind '--' shows ACE's counters itself: drop --stats and set ACE_STATS=1."),
      Case(
        line: "run --decisions -- /bin/true",
        message:
          "Error: A program behind '--' does not tell ACE's decisions: drop --decisions, or record and replay it."
      ),
      Case(
        line: "run --switch engine=on -- /bin/true",
        message: "Error: A program behind '--' is not set by acebench: drop --switch and set ACE_POLICY."),
      Case(
        line: "list metric",
        message: "Error: The value 'metric' is invalid for '<topic>'. Please provide one of "
          + "'allocators', 'workloads', 'metrics' or 'knobs'."),
      Case(
        line: "list -f jsn",
        message: "Error: The value 'jsn' is invalid for '-f <format>'. Please provide one of "
          + "'text', 'csv', 'json' or 'markdown'."),
      Case(line: "record", message: "Error: Missing expected argument '-- <command> ...'"),
      Case(line: "record --stack-depth 9 -- true", message: "Error: --stack-depth and --stack-interval need --stacks."),
      Case(
        line: "record --stacks fp --stack-interval 1KiB -- true",
        message: "Error: --stack-interval needs --stacks sampled."),
      Case(line: "record --stacks fp --stack-depth 129 -- true", message: "Error: --stack-depth is 1 to 128."),
      Case(
        line: "record --stacks fp --sample 1KiB -- true",
        message:
          "Error: --sample leaves blocks out, and stacks stand for all: give one of --sample and --stacks."),
      Case(
        line: "trace cut a b --events 50..10", message: "Error: The value '50..10' is invalid for '--events <events>'"),
      Case(line: "trace cut a b", message: "Error: Give either --events or --from and --to."),
      Case(line: "trace cut a b --from 2s --to 1s", message: "Error: --to must be later than --from."),
    ])
  func unparsed(_ mistyped: Case) {
    let ending = Sandbox().start(mistyped.line.split(separator: " ").map(String.init)).wait()
    #expect(ending.status == 64)
    #expect(ending.errors.split(separator: "\n").first.map(String.init) == mistyped.message)
    #expect(ending.errors.contains("\nUsage: acebench "))
    #expect(ending.output == "")
  }

  @Test("what an experiment file says wrongly is named, with its place")
  func experiment() {
    let sandbox = Sandbox()
    for (text, reason) in [
      ("{ alocators: ['system'] }", "no setting has this name"),
      ("{ workloads: 'tiny-hot' }", "workloads"),
      ("{ rounds: { tme: 1 }, workloads: ['tiny-hot'] }", "rounds does not take 'tme'"),
      ("{ workloads: ['tiny-hot'], touch: 'al' }", "touch does not take 'al'"),
      ("{ workloads: [] }", "the experiment has not chosen a workload"),
      ("{ workloads: ['tiny-hot'], allocators: [] }", "the experiment has not chosen an allocator"),
      ("{ workloads", ""),
    ] {
      let path = sandbox.write("experiment.json5", text)
      let ending = sandbox.run("sweep", path, "-o", "results")
      #expect(ending.status == 64, "\(text)")
      #expect(ending.errors.hasPrefix("error: ") && ending.errors.contains(reason), "\(text): \(ending.errors)")
      #expect(!sandbox.exists("results"))
    }
    let missing = sandbox.run("sweep", "missing.json5")
    #expect(missing.status == 64)
    #expect(missing.errors.hasPrefix("error: missing.json5 is not an experiment: it cannot be read\n"))
  }

  @Test("a library or trace that is not there is something missing")
  func missing() {
    let sandbox = Sandbox()
    let library = sandbox.run("run", "random-mixed", "-a", "other=/nowhere/lib.so")
    #expect(library.status == 69)
    #expect(
      library.errors == """
        error: the library of 'other' was not found
        note: looked for /nowhere/lib.so
        help: install it, or name its file: other=/path/to/library.so

        """)
    let variable = sandbox.run(
      "run", "random-mixed", "-a", "mimalloc", environment: ["MIMALLOC_LIB": "/nowhere/lib.so"])
    #expect(variable.status == 69)
    #expect(variable.errors.contains("note: looked for MIMALLOC_LIB=/nowhere/lib.so\n"))
    let trace = sandbox.run("replay", "nowhere.acetrace")
    #expect(trace.status == 69)
    #expect(trace.errors == "error: nowhere.acetrace: No such file or directory (open)\n")
  }
}
