// SPDX-License-Identifier: MIT

@testable import Profiling

/// What this machine permits to the user who runs the tests.
enum Permission {
  static let ebpf = permits(.ebpf)
  static let ptrace = permits(.ptrace)

  /// Only a refusal by the system excuses a backend; that it does not work is for the tests to find.
  private static func permits(_ backend: SyscallBackend) -> Bool {
    do {
      let pass = try SyscallPass(backend) {}
      if backend == .ptrace { _ = try pass.run(.program(TestedProgram.program(["/bin/true"]))) }
      return true
    } catch SyscallBackendFailure.refused, SyscallBackendFailure.otherProcessor {
      return false
    } catch {
      return true
    }
  }
}
