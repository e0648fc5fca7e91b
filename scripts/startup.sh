#!/bin/bash
# SPDX-License-Identifier: MIT
# What a program that allocates next to nothing pays for its allocator: private dirty memory when main begins and after one
# malloc, and the time that the system takes to start it and to see it end, each with its difference to the C library's
# malloc. Every allocator that is found is preloaded in turn.
# usage: scripts/startup.sh [-n ROUNDS] [-a NAME=LIBRARY]… [-o FILE.csv]
#   -n  starts of each allocator (default 500)
#   -a  measures these instead of all that 'acebench list allocators' finds; the C library's is always measured
#   -o  writes the CSV there, such as results/startup/startup.csv, and a table to standard output
set -euo pipefail
rounds=500
output=
allocators=()
while getopts n:a:o: option; do
  case $option in
    n) rounds=$OPTARG ;;
    a) allocators+=("$OPTARG") ;;
    o) output=$OPTARG ;;
    *)
      sed -n 's/^# usage: /usage: /p' "$0" >&2
      exit 64
      ;;
  esac
done

root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$(command -v clang || command -v cc)" -O2 -fno-builtin-malloc -Wall -Wextra -o "$folder/startup" "$root/scripts/startup.c" -ldl

if [ ${#allocators[@]} -eq 0 ]; then
  if [ ! -x "$root/.build/release/acebench" ] || [ ! -x "$root/.build/release/acebench-worker" ]; then
    swift build --package-path "$root" -c release >&2
  fi
  mapfile -t allocators < <(
    "$root/.build/release/acebench" list allocators -f csv |
      awk -F, '$2 == "available" && $3 ~ /^\// { print $1 "=" $3 }'
  )
fi

"$folder/startup" "$rounds" system= "${allocators[@]}" >"$folder/rows.csv"
if [ -z "$output" ]; then
  cat "$folder/rows.csv"
  exit 0
fi
mkdir -p "$(dirname "$output")"
cp "$folder/rows.csv" "$output"
awk -F, '
  function kib(bytes) { return sprintf("%.0f KiB", bytes / 1024) }
  function difference(value, unit) { return sprintf("%+.0f %s", value, unit) }
  NR == 1 { printf "%-12s %14s %12s %14s %12s %12s\n", "allocator", "dirty at main", "to system", "after malloc", "start", "to system" }
  NR > 1 {
    printf "%-12s %14s %12s %14s %12s %12s\n", $1, kib($4), difference($5 / 1024, "KiB"), kib($6), sprintf("%.0f us", $7),
      difference($9, "us")
  }
' "$output"
echo "startup: rows are in $output" >&2
