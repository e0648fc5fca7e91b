#!/bin/bash
# SPDX-License-Identifier: MIT
# Measures whether the gate can be believed on this machine: what docs/gate-evidence.md shows. About 40 minutes, in which
# nothing else should run.
# usage: scripts/gate-evidence.sh [FOLDER]; results/gate-evidence when none is named
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no
folder=${1:-results/gate-evidence}
mkdir -p "$folder"
swift build -c release >&2
acebench=.build/release/acebench
rows=$(mktemp -d)
trap 'rm -rf "$rows"' EXIT

heading() { printf '\n## %s\n\n' "$1"; }

# ACE as it is, but for one thing on the way that nearly every call takes: all calls are counted in one variable.
build_slower() {
  git archive HEAD Package.swift Sources Tests | tar -x -C "$rows"
  sed -i -e 's/^  guard byteCount <= Layout.tinyLimit else { return nil }$/&\n  allocationCount \&+= 1/' \
    -e '$ a nonisolated(unsafe) private var allocationCount: UInt = 0' "$rows/Sources/ACE/Gatekeeper/HotPaths.swift"
  grep -q 'allocationCount &+= 1' "$rows/Sources/ACE/Gatekeeper/HotPaths.swift"
  swift build -c release --package-path "$rows" --scratch-path "$PWD/.build/gate-slower" --product ace >&2
}

heading "The rule on a simulated machine (T4 to T6)"
$acebench gate self-test --simulated -q

heading "A slower hot path"
build_slower
$acebench gate --base .build/release/libace.so --head .build/gate-slower/release/libace.so -o "$rows/slower" -q || true

heading "Ten cells, nothing changed"
time $acebench gate --base .build/release/libace.so --head .build/release/libace.so -o "$rows/same" -q || true

heading "Builds that differ in where their code lies"
mapfile -t builds < <(scripts/build-variants.sh "$rows/variants" 6)
$acebench gate calibrate "${builds[@]}" -o "$rows/calibrate" -q

heading "Gates whose answer is known (T8, T9)"
$acebench gate self-test --gates 40 -w tiny-hot:64,100,20000 -w random-mixed:200000,400 \
  -w workloads/traces/sqlite.acetrace -o "$rows/known" -q || true
cp "$rows/known/gates.csv" "$folder/gates.csv"
