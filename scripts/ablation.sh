#!/bin/bash
# SPDX-License-Identifier: MIT
# Measures what each of ACE's settings is worth on the workloads of workloads/ablation.json5, and what those that give memory
# back are worth a second after the work, on `idle`; writes docs/ablation.md of both. Rows and effects go to results/ablation and
# results/ablation-idle, in place of former ones. Half an hour on two cores, in which nothing else should run; Ctrl-C
# writes what is there, and --resume goes on with the first part.
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
[ "$status" = 0 ] || exit "$status"

# What is given back after the work is for those settings alone that do so.
idle=results/ablation-idle
part=$(mktemp)
trap 'rm -f "$part"' EXIT
rm -rf "$idle"
acebench ablate idle -t 2 -n 6 --memory-rounds 12 --switch idle-trim --switch worker --switch sll-shrink --switch tiering \
  --switch eager-free --switch warm-pool --switch engine=off -o "$idle" --markdown "$part"
{
  echo
  echo "# A second after the work"
  # One heading deeper, without the title.
  sed -e 1d -e 's/^#/##/' "$part"
} >>"$page"

# The page needs the rows alone; what ACE tells of each of its classes is a hundred times as much.
for each in "$folder" "$idle"; do
  rm -f "$each"/timeline.csv "$each"/ace_stats.csv "$each"/ace_classes.csv "$each"/decisions.csv
done
