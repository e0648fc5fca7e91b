// SPDX-License-Identifier: MIT

import Allocators
import Glibc
import Measurement
import Replay

/// Why a run gave no figures. Each has its exit code and its line, from which the supervisor makes a row's status.
enum WorkerFailure: Error {
  case usage(String)
  case allocator(AllocatorError)
  /// ACE is not set as it was asked to be; what it tells, or nil when it knows no such setting.
  case setting(ACESetting, found: UInt64?)
  case replay(ReplayError)
  case fault(ReplayFault)
  /// The process cannot be bound to the processors or nodes asked for.
  case binding(ProcessBinding.Refusal)
  /// The policy of memory is another than was asked for; nil for one that has no name here.
  case policyNotTaken(NumaPolicy, found: NumaPolicy?)

  /// EX_USAGE, EX_UNAVAILABLE and EX_SOFTWARE of sysexits.h; an allocator that returned NULL has a code of its own.
  var exitCode: Int32 {
    switch self {
    case .usage, .binding(.processors): 64
    case .allocator, .setting, .binding, .policyNotTaken: 69
    case .fault(let fault) where fault.kind == .outOfMemory: 71
    case .replay, .fault: 70
    }
  }

  /// Writes the failure as a line of JSON.
  func report() {
    var line = JSONLine()
    switch self {
    case .usage(let text):
      line.add("failure", "usage")
      line.add("detail", text)
    case .binding(.processors): line.add("failure", "affinity")
    case .binding(.policy(let code)):
      line.add("failure", "numa")
      line.add("detail", "the policy of memory cannot be set: \(String(cString: strerror(code)))")
    case .policyNotTaken(let policy, let found):
      line.add("failure", "numa")
      line.add("detail", "the policy of memory is \(found.map { "\($0)" } ?? "another"), not \(policy)")
    case .allocator(let error):
      line.add("failure", Self.name(of: error))
      line.add("detail", Self.detail(of: error))
    case .setting(let setting, let found):
      line.add("failure", "setting")
      let words = found.map { "is \($0) and not \(setting.value)" } ?? "is no setting of this library"
      line.add("detail", "\(setting.name) \(words)")
    case .replay(let error):
      line.add("failure", "replay")
      line.add("detail", "\(error)")
    case .fault(let fault):
      line.add("failure", fault.kind.rawValue)
      line.add("address", UInt64(fault.address))
      line.add("byte_count", UInt64(fault.byteCount))
      line.add("thread", UInt64(fault.thread))
      line.add("performed_count", fault.performedCount)
    }
    line.write()
  }

  private static func name(of error: AllocatorError) -> String {
    switch error {
    case .unknown, .malformed, .notFound: "not-found"
    case .notLoadable: "not-loadable"
    case .missingSymbol: "missing-symbol"
    case .noStatistics: "no-statistics"
    case .notServed: "unserved"
    case .noAddressSpace: "no-address-space"
    }
  }

  private static func detail(of error: AllocatorError) -> String {
    switch error {
    case .unknown(let name, _), .malformed(let name), .notFound(let name, _): name
    case .notLoadable(_, let reason): reason
    case .missingSymbol(_, let symbol): symbol
    case .noStatistics(let path): "\(path) does not answer ace_get_statistics, as every build of ACE does"
    case .notServed(_, let found): found
    case .noAddressSpace: "the floor's reserved region"
    }
  }
}
