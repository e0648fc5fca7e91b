// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

// Two worlds meet in this package and cannot import each other: the embedded one, which lives inside a
// stranger's process and never calls the Swift runtime, and the hosted one, the harness. docs/architecture.md
// lists the targets in order; a target imports only targets above it.

let packageDirectory = Context.packageDirectory

/// What lives inside a stranger's process: no runtime, no allocation.
let embedded: [SwiftSetting] = [
  .enableExperimentalFeature("Embedded"),
  .unsafeFlags([
    "-wmo", "-O", "-Xfrontend", "-no-allocations", "-Xfrontend", "-disable-stack-protector",
    "-enforce-exclusivity=unchecked",
    "-Xcc", "-fno-omit-frame-pointer",
  ]),
]

/// The C library's names for the recorder's functions; Sources/Recorder/exports.map lists the names again, as exported.
let recorderNames = [
  ("malloc", "malloc"), ("calloc", "calloc"), ("realloc", "realloc"), ("reallocarray", "reallocarray"),
  ("free", "free"), ("cfree", "free"), ("free_sized", "free_sized"), ("free_aligned_sized", "free_aligned_sized"),
  ("memalign", "memalign"), ("aligned_alloc", "memalign"), ("posix_memalign", "posix_memalign"),
  ("valloc", "valloc"), ("pvalloc", "pvalloc"),
]

/// The C library's names, and C++'s, for ACE's functions; Sources/ACEMalloc/exports.map lists the names again, as exported.
let mallocNames = [
  ("malloc", "malloc"), ("calloc", "calloc"), ("realloc", "realloc"), ("reallocarray", "reallocarray"),
  ("free", "free"), ("cfree", "free"), ("free_sized", "free_sized"), ("free_aligned_sized", "free_aligned_sized"),
  ("memalign", "memalign"), ("aligned_alloc", "memalign"), ("posix_memalign", "posix_memalign"),
  ("valloc", "valloc"), ("pvalloc", "pvalloc"), ("malloc_usable_size", "malloc_usable_size"),
  ("malloc_trim", "malloc_trim"), ("mallopt", "mallopt"), ("mallinfo", "mallinfo"), ("mallinfo2", "mallinfo2"),
  ("malloc_stats", "malloc_stats"), ("malloc_info", "malloc_info"),
  ("_Znwm", "new"), ("_Znam", "new"), ("_ZnwmRKSt9nothrow_t", "new_quiet"), ("_ZnamRKSt9nothrow_t", "new_quiet"),
  ("_ZnwmSt11align_val_t", "new_aligned"), ("_ZnamSt11align_val_t", "new_aligned"),
  ("_ZnwmSt11align_val_tRKSt9nothrow_t", "new_aligned_quiet"),
  ("_ZnamSt11align_val_tRKSt9nothrow_t", "new_aligned_quiet"), ("_ZdlPv", "free"), ("_ZdaPv", "free"),
  ("_ZdlPvm", "free"), ("_ZdaPvm", "free"), ("_ZdlPvRKSt9nothrow_t", "free"), ("_ZdaPvRKSt9nothrow_t", "free"),
  ("_ZdlPvSt11align_val_t", "free"), ("_ZdaPvSt11align_val_t", "free"), ("_ZdlPvmSt11align_val_t", "free"),
  ("_ZdaPvmSt11align_val_t", "free"), ("_ZdlPvSt11align_val_tRKSt9nothrow_t", "free"),
  ("_ZdaPvSt11align_val_tRKSt9nothrow_t", "free"),
]

/// Never unloaded: blocks, keys and handlers of fork outlive a dlclose. Begun before all others, so that its handlers of fork are the
/// last before and the first after: those of others may allocate.
let aceLifetime = [
  "-nostartfiles", "-Xlinker", "-z", "-Xlinker", "nodelete", "-Xlinker", "-z", "-Xlinker", "initfirst",
]

/// The hot functions come first, on cache lines of their own: elsewhere their place, and with it 2 to 3 % of their speed, would
/// change with any line of the others.
let acePlacement = [
  "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "separate-loadable-segments", "-Xlinker",
  "--symbol-ordering-file=\(packageDirectory)/Sources/ACEMalloc/order.txt",
]

let aceNames: [String] =
  ["-Xlinker", "--version-script=\(packageDirectory)/Sources/ACEMalloc/exports.map"]
  + mallocNames.flatMap { ["-Xlinker", "--defsym=\($0)=ace_\($1)+0"] }

/// One of ACE's builds: the same sources, with the records of slabs in another place.
func aceLibrary(_ name: String, condition: String? = nil) -> Target {
  .target(
    name: name,
    dependencies: ["CACE"],
    exclude: ["exports.map", "order.txt"],
    swiftSettings: embedded + [.unsafeFlags(["-Xfrontend", "-function-sections"])]
      + (condition.map { [.define($0)] } ?? []),
    linkerSettings: [.unsafeFlags(aceLifetime + acePlacement + aceNames)])
}

/// What runs between two clock reads is optimised even in debug builds, so that tests meet the code that users do. So
/// is the arithmetic that simulations in tests repeat a million times.
let measured: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "acebench",
  products: [
    .executable(name: "acebench", targets: ["acebench"]),
    .executable(name: "acebench-worker", targets: ["acebench-worker"]),
    .library(name: "acerecord", type: .dynamic, targets: ["Recorder"]),
    .library(name: "ace", type: .dynamic, targets: ["ACEMalloc"]),
    .library(name: "ace-table", type: .dynamic, targets: ["ACEMallocTable"]),
    .library(name: "ace-header", type: .dynamic, targets: ["ACEMallocHeader"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C
    .target(name: "CLinux"),
    .target(name: "CACEInterface"),
    .target(name: "CFloor"),
    .target(name: "CRecorder"),
    .target(name: "CACE"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CNuma", pkgConfig: "numa", providers: [.apt(["libnuma-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    // Embedded world
    .target(
      name: "Recorder",
      dependencies: ["CRecorder"],
      exclude: ["exports.map"],
      swiftSettings: embedded,
      linkerSettings: [
        .unsafeFlags(
          [
            "-nostartfiles", "-Xlinker", "--version-script=\(packageDirectory)/Sources/Recorder/exports.map",
          ] + recorderNames.flatMap { ["-Xlinker", "--defsym=\($0)=recorder_\($1)+0"] })
      ]
    ),

    aceLibrary("ACEMalloc"),
    aceLibrary("ACEMallocTable", condition: "ACE_TABLE"),
    aceLibrary("ACEMallocHeader", condition: "ACE_HEADER"),

    // Hosted world, bottom-up
    .target(name: "ACEHosted", dependencies: ["CACE"]),
    .target(name: "Events"),
    .target(name: "Statistics", swiftSettings: measured),
    .target(name: "Trace", dependencies: ["Events", "CLinux", "CZlib", "CZstd"]),
    .target(name: "Workloads", dependencies: ["Events"]),
    .target(name: "Program", dependencies: ["Events", "CLinux"]),
    .target(name: "Allocators", dependencies: ["CACEInterface", "CFloor", "CLinux"], swiftSettings: measured),
    .target(name: "Measurement", dependencies: ["CLinux"], swiftSettings: measured),
    .target(
      name: "Replay", dependencies: ["Program", "Allocators", "Measurement", "CLinux"], swiftSettings: measured),
    .executableTarget(
      name: "acebench-worker",
      dependencies: ["Allocators", "CLinux", "Measurement", "Replay"],
      swiftSettings: measured,
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]
    ),
    .target(name: "Results", dependencies: ["CCrypto", "CNuma"]),
    .target(name: "Comparison", dependencies: ["Results", "Statistics"], swiftSettings: measured),
    .target(
      name: "Experiments",
      dependencies: [
        "Results", "Statistics", "Comparison", "Allocators", "Measurement", "Trace", "Workloads", "Program", "CLinux",
      ]),
    .target(
      name: "Profiling",
      dependencies: [
        "Results", "Statistics", "Allocators", "Measurement", "Events", "Trace", "Experiments", "CLinux", "CZlib",
      ],
      swiftSettings: measured),
    .target(name: "Reports", dependencies: ["Results", "Comparison", "Statistics", "Measurement", "Profiling"]),
    .executableTarget(
      name: "acebench",
      dependencies: [
        "Experiments", "Profiling", "Reports", "Comparison", "Trace", "Workloads", "Allocators",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests
    .testTarget(name: "ACETests", dependencies: ["ACEHosted", "CACE"]),
    .target(name: "TestSupport", dependencies: ["Events", "Workloads"], path: "Tests/TestSupport"),
    .testTarget(name: "EventsTests", dependencies: ["Events", "TestSupport"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"]),
    .testTarget(
      name: "TraceTests", dependencies: ["Trace", "Events", "CZlib", "TestSupport"],
      exclude: ["Corpus"]),
    .testTarget(
      name: "RecorderTests", dependencies: ["Trace", "Events", "TestSupport"], exclude: ["Programs"]),
    .testTarget(name: "WorkloadsTests", dependencies: ["Workloads", "Events", "TestSupport"]),
    .testTarget(name: "ProgramTests", dependencies: ["Program", "Events", "TestSupport"]),
    .testTarget(name: "AllocatorsTests", dependencies: ["Allocators", "TestSupport"]),
    .testTarget(name: "ACEMallocTests", dependencies: ["TestSupport"], exclude: ["Programs"]),
    .testTarget(name: "MeasurementTests", dependencies: ["Measurement", "TestSupport"]),
    .testTarget(
      name: "ReplayTests",
      dependencies: ["Allocators", "Events", "Experiments", "Program", "Replay", "Results", "TestSupport"],
      exclude: ["Libraries"]),
    .testTarget(name: "ResultsTests", dependencies: ["Results", "TestSupport"]),
    .testTarget(name: "ComparisonTests", dependencies: ["Comparison", "Results", "Statistics", "TestSupport"]),
    .testTarget(
      name: "ExperimentsTests", dependencies: ["Allocators", "Comparison", "Experiments", "Results", "TestSupport"]),
    .testTarget(
      name: "ProfilingTests",
      dependencies: [
        "Experiments", "Measurement", "Profiling", "Statistics", "Trace", "Events", "CLinux", "CZlib", "TestSupport",
      ],
      exclude: ["Programs"]),
    .testTarget(name: "RealProgramTests", dependencies: ["TestSupport"], exclude: ["Programs"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Comparison", "Measurement", "Profiling"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["CZlib", "Results", "TestSupport", "Workloads"],
      exclude: ["Programs", "Snapshots"]),
  ],
  swiftLanguageModes: [.v6]
)
