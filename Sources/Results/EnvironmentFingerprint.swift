// SPDX-License-Identifier: MIT

/// What of a machine and a process decides whether two measurements can be compared. What cannot be read is nil.
public struct EnvironmentFingerprint: Equatable, Sendable {
  /// Names what must be equal: the first 12 hexadecimal digits of the SHA-256 of the hard facts' canonical JSON.
  public let identifier: String
  public let hard: HardFacts
  public let soft: SoftFacts

  /// Reads the machine; only a libcrypto without SHA-256 makes it fail.
  public init(_ source: SystemSource = .current) throws {
    hard = HardFacts(source)
    soft = SoftFacts(source)
    identifier = String(try FileDigest.sha256(of: try CanonicalJSON.bytes(hard)).prefix(12))
  }

  /// The columns that every row repeats.
  public func sampleEnvironment(
    numaNode: UInt32? = nil, numaPolicy: String = "", harnessVersion: String, harnessCommit: String
  ) -> SampleEnvironment {
    var environment = SampleEnvironment()
    environment.identifier = identifier
    environment.processorModel = hard.processorModel ?? ""
    environment.coreCount = hard.processorCount ?? 0
    environment.kernel = soft.kernelRelease ?? ""
    environment.libc = hard.libc
    environment.transparentHugePages = hard.transparentHugePages ?? ""
    environment.overcommit = hard.overcommit ?? ""
    environment.hypervisor = hard.hypervisor ?? ""
    environment.numaNode = numaNode
    environment.numaPolicy = numaPolicy
    environment.harnessVersion = harnessVersion
    environment.harnessCommit = harnessCommit
    return environment
  }
}
