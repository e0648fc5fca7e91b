#!/bin/bash
# SPDX-License-Identifier: MIT
# Measures what each of ACE's settings is worth on the workloads of workloads/ablation.json5, and writes
# docs/ablation.md. Rows and effects go to results/ablation, in place of former ones. An hour or more on two cores, in
# which nothing else should run; Ctrl-C writes what is there, and --resume goes on.
# usage: scripts/ablation.sh [--rounds N] [--memory-rounds N] [OPTIONS OF acebench ablate]
#        scripts/ablation.sh --resume
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no
folder=results/ablation
page=docs/ablation.md

swift build -c release >&2
# Every row names the commit that measured it.
export ACEBENCH_COMMIT=${ACEBENCH_COMMIT:-$(git describe --always --dirty 2>/dev/null || true)}
export PATH=$PWD/.build/release:$PATH

status=0
if [ "${1-}" = --resume ]; then
  shift
  acebench ablate --resume "$folder" --markdown "$page" "$@" || status=$?
else
  rm -rf "$folder"
  acebench ablate --config workloads/ablation.json5 -o "$folder" --markdown "$page" "$@" || status=$?
fi
# The page needs the rows alone; what ACE tells of each of its classes is a hundred times as much.
rm -f "$folder"/timeline.csv "$folder"/ace_stats.csv "$folder"/ace_classes.csv
exit "$status"
