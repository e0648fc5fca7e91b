#!/bin/bash
# SPDX-License-Identifier: MIT
# Measures what each of ACE's settings is worth on the workloads of workloads/ablation.json5, what those that give memory back are
# worth a second after the work, on `idle`, what some are worth where eager-free is off, on `ebb`, and where threads free one
# another's blocks, on `threads`; writes docs/ablation.md of all. Rows and effects go to results/ablation, -idle, -ebb and -remote,
# in place of former ones. Ten minutes on two cores, in which nothing else should run; Ctrl-C writes what is there, and --resume
# goes on with the first part.
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

# A part of its own: FOLDER TITLE and what acebench ablate is told. It goes behind the page, a heading deeper and without its title.
part() {
  local folder=$1 title=$2 text
  shift 2
  text=$(mktemp)
  rm -rf "$folder"
  acebench ablate "$@" -o "$folder" --markdown "$text"
  { printf '\n# %s\n' "$title"; sed -e 1d -e 's/^#/##/' -e 's/ --markdown [^ ]*//' "$text"; } >>"$page"
  rm -f "$text"
}

# Readers of the first summary are to know of the parts behind it.
sed -i '0,/^## Summary/s//What one kind of work shows follows in parts of its own: "A second after the work", "Without eager-free" and "Frees by other threads".\n\n&/' "$page"

# What is given back after the work is for those settings alone that do so.
part results/ablation-idle "A second after the work" idle -t 2 -n 0 --memory-rounds 9 --switch idle-trim \
  --switch worker --switch sll-shrink --switch tiering --switch eager-free --switch warm-pool --switch engine=off
# eager-free does at once what tiering does after a delay; low tide has to last longer than that.
part results/ablation-ebb "Without eager-free" ebb:calls=4000000 -t 1 --base balanced -n 9 --memory-rounds 9 --switch tiering \
  --switch eager-free --switch purge-delay-ms=1000 --switch drain-percent=0
# Four threads on few processors are noisy: with more rounds, and fewer figures to correct for.
part results/ablation-remote "Frees by other threads" workloads/traces/threads.acetrace -n 18 --memory-rounds 6 \
  --switch remote-batch

# The page needs the rows alone; what ACE tells of each of its classes is a hundred times as much. Rows name the library that
# answered by its place in this repository, wherever that lies.
for each in "$folder" results/ablation-idle results/ablation-ebb results/ablation-remote; do
  rm -f "$each"/timeline.csv "$each"/ace_stats.csv "$each"/ace_classes.csv "$each"/decisions.csv
  sed -i "s#$PWD/##g" "$each"/*
done
