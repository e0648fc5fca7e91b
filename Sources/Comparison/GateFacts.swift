// SPDX-License-Identifier: MIT

import Results

/// Where the rows of a gate come from.
public struct GateFacts: Codable, Equatable, Sendable {
  public var sessionIdentifier = ""
  public var planHash = ""
  /// When its first and its last process began, ISO 8601 in UTC.
  public var began = ""
  public var ended = ""
  public var environmentIdentifier = ""
  public var processorModel = ""
  public var coreCount: UInt32 = 0
  public var kernel = ""
  public var hypervisor = ""
  public var harnessVersion = ""
  public var harnessCommit = ""
  /// The files that were compared.
  public var basePath = ""
  public var baseSHA256 = ""
  public var headPath = ""
  public var headSHA256 = ""
  public var processCount = 0
  /// What the hypervisor took from all processors meanwhile, in ticks of 10 ms; nil where the kernel does not tell.
  public var stolenTickCount: UInt64?

  public init() {}
}
