#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes the trace readers: builds them with libFuzzer and feeds them changed copies of the corpus.
# Usage: scripts/fuzz-trace.sh [EXECUTIONS] [libFuzzer options]; one million executions when not said otherwise.
# Inputs that fail are written to .build/fuzz/finds; put them into Tests/TraceTests/Corpus once they are mended.
set -eu
cd "$(dirname "$0")/.."
executions=${1:-1000000}
[ $# -eq 0 ] || shift
build=.build/fuzz
mkdir -p "$build/corpus" "$build/finds" "$build/CLinux"
cat > "$build/CLinux/module.modulemap" <<EOF
module CLinux { header "$PWD/Sources/CLinux/include/CLinux.h" export * }
EOF

options="-O -g -sanitize=fuzzer -parse-as-library -wmo -swift-version 6"
# shellcheck disable=SC2086
swiftc $options -emit-module -emit-module-path "$build/Events.swiftmodule" -module-name Events \
  -emit-object -o "$build/Events.o" Sources/Events/*.swift
# shellcheck disable=SC2046,SC2086
swiftc $options -emit-executable -module-name TraceFuzzer -I "$build" -I "$build/CLinux" -I Sources/CZlib -I Sources/CZstd \
  -emit-module-path "$build/TraceFuzzer.swiftmodule" $(find -L Sources/Trace -name '*.swift') \
  Tests/TestSupport/PlacedEventRules.swift Tests/TraceTests/FuzzInput.swift Tests/TraceTests/RawInput.swift \
  Tests/TraceFuzzer/TraceFuzzer.swift -Xlinker "$build/Events.o" -o "$build/trace-fuzzer"
# Swift would print a backtrace and take the signal from libFuzzer, which then could not write the input.
export SWIFT_BACKTRACE=enable=no
exec "$build/trace-fuzzer" -runs="$executions" -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
  -artifact_prefix="$build/finds/" "$@" "$build/corpus" Tests/TraceTests/Corpus
