#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds everything anew in a folder of its own, and refuses warnings in the project's sources and imports of targets
# that Package.swift does not state.
# usage: scripts/check-build.sh
set -euo pipefail
cd "$(dirname "$0")/.."
log=.build/check/log
rm -rf .build/check/release .build/check/*/release
mkdir -p .build/check
# Not -warnings-as-errors: the package manager silences the packages that this one depends on, and the compiler refuses
# the two together.
if ! swift build -c release --scratch-path .build/check --explicit-target-dependency-import-check error >"$log" 2>&1; then
  grep -E '(error|warning):' "$log" | sort -u >&2 || tail -n 20 "$log" >&2
  exit 1
fi
warnings=$(grep -E "^(warning: |($PWD/|<unknown>)[^ ]*: warning: )" "$log" | grep -vF '/.build/' | sort -u || true)
if [ -n "$warnings" ]; then
  echo "check: the build warns:" >&2
  echo "$warnings" >&2
  exit 1
fi
echo "check: no warnings" >&2
