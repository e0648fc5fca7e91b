#!/bin/bash
# SPDX-License-Identifier: MIT
# Measures how long samples take to become a flamegraph, and how much memory that needs.
# usage: scripts/bench-profiling.sh [SAMPLES [SVG]]; a million, written to nowhere, when not said otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
build=.build/profiling-bench
mkdir -p "$build"
sources=()
for name in CallChildTable CallTree Flamegraph FlamegraphColors FlamegraphDrawing FlamegraphPage FlamegraphScript FrameIndex \
  ProfileMeasure ProfileMeasure+Allocations ProfileMeasure+Text ProfileModule ProfileOutput ProfileOutput+Text ProfilingError \
  SortedCalls StackFrame StackFrame+Words StackNode StackProfile StackProfile+Totals; do
  sources+=("Sources/Profiling/$name.swift")
done
swiftc -O -wmo -parse-as-library -swift-version 6 -module-name ProfilingBench "${sources[@]}" \
  Tests/ProfilingBench/ProfilingBench.swift -o "$build/profiling-bench"
exec "$build/profiling-bench" "$@"
