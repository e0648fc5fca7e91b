#!/bin/bash
# SPDX-License-Identifier: MIT
# What it costs to grow: the same work on 1 to 8 threads, and on live sets of 1 MiB to 4 GiB, for ACE and its peers.
# Writes FOLDER/threads.csv and FOLDER/live.csv, rows as samples.csv has them, in place of former ones; takes about five
# minutes on two cores. A live set that would fill more than a third of the machine's free memory is left out.
# usage: scripts/growth.sh [-o FOLDER] [OPTIONS OF acebench sweep]
#   -o FOLDER  instead of results/growth
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$root/results/growth
if [ "${1-}" = -o ]; then
  folder=${2:?"-o takes a folder"}
  shift 2
fi

if [ ! -x "$root/.build/release/acebench" ] || [ ! -x "$root/.build/release/acebench-worker" ]; then
  swift build --package-path "$root" -c release >&2
fi
# Every row names the commit that measured it.
export ACEBENCH_COMMIT=${ACEBENCH_COMMIT:-$(git -C "$root" describe --always --dirty 2>/dev/null || true)}

mkdir -p "$folder"
experiment=$(mktemp)
trap 'rm -f "$experiment"' EXIT

# The experiment without the workloads that are too large here: a line tells its live set in MiB behind it.
awk -v available="$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)" '
  $NF == "MiB" && $1 ~ /^"/ && 3 * $(NF - 1) > available {
    print "growth: no memory for a live set of " $(NF - 1) " MiB" >"/dev/stderr"
    next
  }
  { print }
' "$root/workloads/growth-live.json5" >"$experiment"

measure() { # NAME EXPERIMENT [OPTIONS]; a failed allocator is a row with its status, and ends nothing
  local name=$1 file=$2 status=0
  shift 2
  rm -f "$folder/$name.csv"
  "$root/.build/release/acebench" sweep "$file" -o "$folder/$name.csv" "$@" || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 70 ] || exit "$status"
  echo "growth: rows are in $folder/$name.csv" >&2
}

measure threads "$root/workloads/growth-threads.json5" "$@"
measure live "$experiment" "$@"
