#!/bin/bash
# SPDX-License-Identifier: MIT
# Records the traces that are shipped in workloads/traces with the programs of this machine, and prints what is in each.
# usage: scripts/record-traces.sh [NAME…]; all of python sqlite gcc swiftc lua perl redis threads cxx when none is named.
# scripts/bootstrap.sh --traces installs the programs. What they read is made from fixed seeds.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/traced-programs.sh"
acebench=$root/.build/release/acebench
traces=$root/workloads/traces
# A longer trace is cut to a window of this many events.
event_limit=3000000

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

traced() { # NAME PROVENANCE COMMAND…
  local name=$1 line=$2
  shift 2
  "$acebench" record --quiet --raw -o "$name.raw" -- "$@" >/dev/null
  "$acebench" trace convert --quiet --provenance "$line" "$name.raw" "$name.acetrace"
  if [ "$(facts "$name.raw")" != "$(facts "$name.acetrace")" ]; then
    echo "record-traces: the packed trace of $name is not what was recorded" >&2
    exit 70
  fi
}

# What must be the same whichever form a trace has: every figure but its size, and times, which are rounded.
facts() { # TRACE
  "$acebench" trace info -f json "$1" | sed -e 's/"trace": "[^"]*"//' -e 's/"bytes_per_event": [0-9.]*//' -e 's/"elapsed_ns": [0-9]*//'
}

event_count() { # TRACE
  "$acebench" trace info -f json "$1" | sed -n 's/.*"events_count": *\([0-9]*\).*/\1/p' | head -n 1
}

keep() { # NAME
  local name=$1 count
  count=$(event_count "$name.acetrace")
  mkdir -p "$traces"
  if [ "$count" -gt "$event_limit" ]; then
    local from=$(((count - event_limit) / 2))
    "$acebench" trace cut --quiet --events "$from..$((from + event_limit))" "$name.acetrace" "$name.cut"
    mv "$name.cut" "$name.acetrace"
  fi
  "$acebench" trace convert --quiet --anonymize "$name.acetrace" "$traces/$name.acetrace"
  echo "$name: $count events recorded, $(stat -c %s "$traces/$name.acetrace") bytes" >&2
}

[ $# -gt 0 ] || set -- "${traced_programs[@]}"
for name in "$@"; do
  if [[ " ${traced_programs[*]} " != *" $name "* ]]; then
    echo "usage: scripts/record-traces.sh [NAME…], of ${traced_programs[*]}" >&2
    exit 64
  fi
done
if [ ! -x "$acebench" ]; then swift build --package-path "$root" -c release >&2; fi
cp "$root"/workloads/programs/* "$folder"
cd "$folder"
for name in "$@"; do
  "run_$name"
  keep "$name"
done
du -ch "$traces"/*.acetrace | tail -n 1 >&2
