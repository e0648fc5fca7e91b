// SPDX-License-Identifier: MIT

/// The columns of `samples.csv`, in order.
enum SampleSchema {
  static let columns: [SampleColumn] =
    identity + Metric.allCases.map(SampleColumn.metric) + environment + circumstances

  /// The names of all columns, in order.
  static let header = columns.map(\.name)

  static let versionColumn = "schema_version"
  /// What the rows of this version have in that column.
  static let version = String(Sample.schemaVersion)

  private static let identity: [SampleColumn] = [
    SampleColumn(name: versionColumn, isRequired: true, write: { _ in String(Sample.schemaVersion) }) { field, _ in
      String(field: field) == version
    },
    .text("session_id", \.sessionIdentifier),
    .number("sequence", \.sequence),
    .text("utc_time", \.utcTime),
    .text("plan_hash", \.planHash),
    .text("cell_id", \.cell.identifier),
    .text("workload", \.cell.workload),
    .text("parameters", \.cell.parameters),
    .text("trace_sha256", \.cell.traceSHA256),
    .number("threads_count", \.cell.threadCount),
    .name("touch", \.cell.touch),
    .name("pass", \.pass),
    .text("allocator", \.arm.allocator),
    .text("library_path", \.library.path),
    .text("library_version", \.library.version),
    .text("library_sha256", \.library.sha256),
    .name("load", \.library.load),
    .text("switches", \.arm.switches),
    .number("round", \.round),
    .number("order_in_round", \.orderInRound),
    .number("workload_seed", \.workloadSeed),
    .number("attempt", \.attempt),
    .name("status", \.outcome.status),
    .optionalNumber("exit_code", \.outcome.exitCode),
    .optionalNumber("signal", \.outcome.signal),
  ]

  private static let environment: [SampleColumn] = [
    .text("env_id", \.environment.identifier),
    .text("cpu_model", \.environment.processorModel),
    .number("cores_count", \.environment.coreCount),
    .text("kernel", \.environment.kernel),
    .text("libc", \.environment.libc),
    .text("thp", \.environment.transparentHugePages),
    .text("overcommit", \.environment.overcommit),
    .text("hypervisor", \.environment.hypervisor),
    .optionalNumber("numa_node", \.environment.numaNode),
    .text("harness_version", \.environment.harnessVersion),
    .text("harness_commit", \.environment.harnessCommit),
  ]

  private static let circumstances: [SampleColumn] = [
    .optionalNumber("stage", \.stage, isRequired: false),
    .optionalNumber("steal_ticks_count", \.disturbance.stealTickCount, isRequired: false),
    .optionalNumber("psi_cpu_some_us", \.disturbance.processorPressureMicroseconds, isRequired: false),
    .optionalReal("load1", \.disturbance.loadAverage),
    .text("numa_policy", \.environment.numaPolicy, isRequired: false),
  ]

  /// The fields of a sample's row.
  static func fields(of sample: Sample) -> [String] { columns.map { $0.write(sample) } }

  /// A sample whose every field is about to be read.
  static var blank: Sample {
    Sample(
      sessionIdentifier: "", sequence: 0, utcTime: "", planHash: "", cell: Cell(identifier: "", workload: ""),
      pass: .time, arm: Arm(allocator: ""), library: Library(load: .builtin), round: 0, orderInRound: 0,
      workloadSeed: 0)
  }
}
