#!/bin/bash
# SPDX-License-Identifier: MIT
# Holds the shipped traces against their programs, by acebench replay --validate, and writes what comes of it into
# docs/fidelity.md and results/fidelity.csv. About ten minutes on two cores, in which nothing else should run. A program that is not
# here is left out; scripts/bootstrap.sh --traces installs them.
# usage: scripts/fidelity.sh [-n ROUNDS] [-p PAGE] [NAME…]; ten rounds, docs/fidelity.md and all traces unless said otherwise.
set -euo pipefail
export SWIFT_BACKTRACE=enable=no

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/traced-programs.sh"
acebench=$root/.build/release/acebench
page=$root/docs/fidelity.md
rounds=10

usage() {
  echo "usage: scripts/fidelity.sh [-n ROUNDS] [-p PAGE] [NAME…], of ${traced_programs[*]}" >&2
  exit 64
}

while getopts n:p: option; do
  case $option in
    n) rounds=$OPTARG ;;
    p) page=$(realpath "$OPTARG") ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- "${traced_programs[@]}"
for name in "$@"; do
  [[ " ${traced_programs[*]} " == *" $name "* ]] || usage
done
if [ ! -w "$page" ]; then
  echo "fidelity: there is no $page to write into" >&2
  exit 64
fi

# Before this script makes changes, and work.
commit=$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)
load=$(cut -d ' ' -f 1 /proc/loadavg)
swift build --package-path "$root" -c release >&2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/run" "$folder/out"
cp "$root"/workloads/programs/* "$folder/run"
cd "$folder/run"

traced() { # NAME PROVENANCE COMMAND…
  local name=$1
  shift 2
  "$acebench" replay --validate "$root/workloads/traces/$name.acetrace" -n "$rounds" -f markdown \
    -o "$folder/out/$name.csv" -- "$@" >"$folder/out/$name.md"
}

for name in "$@"; do
  # In a shell of its own: what is missing ends that one.
  (run_"$name") || echo "fidelity: $name is left out" >&2
done
cd "$folder/out"
pages=(*.md)
if [ ! -s "${pages[0]}" ]; then
  echo "fidelity: nothing was measured" >&2
  exit 69
fi

# One of the two tables of all pages, the titles once.
table() { # 1|2
  awk -v wanted="$1" 'FNR == 1 { table = 1; line = 0 } /^$/ { table++; line = 0; next }
    /^\|/ && table == wanted { line++; if (line > 2 || !titled) print; if (line == 2) titled = 1 }' "${pages[@]}"
}
{
  echo "Measured on $(date -u +%Y-%m-%d) at commit $commit, $rounds rounds, $(nproc) processors," \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); the load average was $load as it began."
  echo
  table 2
  echo
  table 1
} >tables
sed -e '/^<!-- tables -->$/r tables' -e '/^<!-- tables -->$/,/^<!-- end -->$/{/^<!--/!d}' "$page" >page
cp page "$page"
if [ "$page" = "$root/docs/fidelity.md" ]; then
  { head -n 1 -q ./*.csv | head -n 1; tail -n +2 -q ./*.csv; } >"$root/results/fidelity.csv"
fi
echo "fidelity: $page" >&2
