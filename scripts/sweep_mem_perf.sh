#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs the default sweep and writes its rows to standard output as CSV; everything else goes to standard error.
# usage: scripts/sweep_mem_perf.sh mem|perf|both [OPTIONS OF acebench sweep]
#   scripts/sweep_mem_perf.sh both | tee sweep.csv
set -euo pipefail

case ${1-} in
  mem) passes=(--pass memory) ;;
  perf) passes=(--pass time --pass latency) ;;
  both) passes=(--pass time --pass memory --pass latency) ;;
  *)
    echo "usage: scripts/sweep_mem_perf.sh mem|perf|both [OPTIONS OF acebench sweep]" >&2
    exit 64
    ;;
esac
shift

root=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -x "$root/.build/release/acebench" ] || [ ! -x "$root/.build/release/acebench-worker" ]; then
  swift build --package-path "$root" -c release >&2
fi
# Every row names the commit that measured it.
export ACEBENCH_COMMIT=${ACEBENCH_COMMIT:-$(git -C "$root" describe --always --dirty 2>/dev/null || true)}
exec "$root/.build/release/acebench" sweep "${passes[@]}" -o - "$@"
