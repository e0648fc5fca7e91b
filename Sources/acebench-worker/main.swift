// SPDX-License-Identifier: MIT

import CLinux
import Glibc

// One measured run in a fresh process: settings as arguments, one JSON object a line on standard output. The process
// that supervises it knows the options; people meet them through `acebench`.
// A worker without a supervisor would measure for nobody, or hang for good.
_ = linux_set_parent_death_signal(SIGKILL)

do throws(WorkerFailure) {
  let arguments = try WorkerArguments(CommandLine.arguments.dropFirst())
  switch arguments.task {
  case .replay: try Worker.run(arguments)
  case .probe: try Worker.probe(arguments)
  case .pretouch(let byteCount): Worker.touch(byteCount: byteCount)
  }
} catch {
  error.report()
  exit(error.exitCode)
}
