#!/bin/bash
# SPDX-License-Identifier: MIT
# Measures acebench itself: what its replay costs without an allocator, how much memory it needs, how fast it records and
# packs, and how fast it judges. Compare figures of one machine only; the least of the rounds is the figure that other load disturbs least.
# usage: scripts/bench.sh [ROUNDS]
set -euo pipefail

rounds=${1:-10}
if ! [[ $rounds =~ ^[1-9][0-9]*$ ]]; then
  echo "usage: scripts/bench.sh [ROUNDS]" >&2
  exit 64
fi
root=$(cd "$(dirname "$0")/.." && pwd)
bin=$root/.build/release
if [ ! -x "$bin/acebench" ] || [ ! -x "$bin/acebench-worker" ]; then swift build --package-path "$root" -c release >&2; fi
folder=$(mktemp -d)
child=""
finish() {
  if [ -n "$child" ] && kill -0 "$child" 2>/dev/null; then kill "$child"; fi
  rm -rf "$folder"
}
trap finish EXIT

# The high-water mark of a process's resident set, which only grows.
resident_peak_kilobytes() { # PID
  sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$1/status" 2>/dev/null
}

megabytes() { awk -v kilobytes="$1" 'BEGIN { printf "%.1f MB", kilobytes * 1024 / 1e6 }'; }

machine() {
  local cpu
  cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  echo "machine: ${cpu:-$(uname -m)}, $(nproc) processors, Linux $(uname -r), $(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [0-9.]*\).*/\1/p' | head -n 1)"
  echo "commit: $(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
}

# Least and median of a metric for each workload, from the rows that are ok.
summarize() { # CSV METRIC
  awk -v metric="$2" '
    function split_row(line,    count, text, index_, letter, quoted) {
      count = 1; text = ""; quoted = 0
      for (index_ = 1; index_ <= length(line); index_++) {
        letter = substr(line, index_, 1)
        if (letter == "\"") { quoted = !quoted }
        else if (letter == "," && !quoted) { field[count++] = text; text = "" }
        else text = text letter
      }
      field[count] = text
      return count
    }
    NR == 1 { columns = split_row($0); for (column = 1; column <= columns; column++) place[field[column]] = column; next }
    {
      split_row($0)
      if (field[place["status"]] == "ok" && field[place[metric]] != "") print field[place["workload"]], field[place[metric]]
    }' "$1" | LC_ALL=C sort -k 1,1 -k 2,2g | awk '
    function finish() {
      if (count > 0)
        printf "  %-16s %6.2f  %6.2f\n", name, value[1], (value[int((count + 1) / 2)] + value[int(count / 2) + 1]) / 2
    }
    $1 != name { finish(); name = $1; count = 0 }
    { value[++count] = $2 }
    END { finish() }'
}

floor_and_supervisor() {
  local workloads='"tiny-hot", "random-mixed"' trace peak=0 now
  for trace in "$root"/workloads/traces/*.acetrace; do
    if [ -r "$trace" ]; then workloads="$workloads, \"$trace\""; fi
  done
  echo "{ name: 'bench', allocators: ['null'], workloads: [$workloads], threads: [1], rounds: { time: $rounds } }" \
    >"$folder/floor.json5"
  "$bin/acebench" sweep "$folder/floor.json5" -q -o "$folder/floor.csv" >/dev/null &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    now=$(resident_peak_kilobytes "$child" || true)
    if [ "${now:-0}" -gt "$peak" ]; then peak=$now; fi
    sleep 0.02
  done
  wait "$child" || echo "floor: not every process succeeded; the figures are of those that did"
  child=""
  echo "floor, ns an operation over $rounds rounds (least, median):"
  summarize "$folder/floor.csv" ns_per_op
  echo "supervisor, peak resident set while it measured that: $(megabytes "$peak")"
}

# A worker that has loaded the floor is stopped by a full pipe when it writes its answer, and can be looked at.
worker_memory() {
  mkfifo "$folder/pipe"
  exec 3<>"$folder/pipe"
  head -c 65536 /dev/zero >&3
  "$bin/acebench-worker" --allocator floor --probe >&3 &
  child=$!
  sleep 0.5
  echo "worker, peak resident set with the floor loaded: $(megabytes "$(resident_peak_kilobytes "$child")")"
  kill "$child"
  wait "$child" 2>/dev/null || true
  child=""
  exec 3>&-
}

recorder() {
  if [ ! -x "$root/scripts/bench-recorder.sh" ]; then
    echo "recorder: scripts/bench-recorder.sh is not here; left out"
    return
  fi
  echo "recorder, over the bare program:"
  "$root/scripts/bench-recorder.sh" "$rounds" | sed 's/^/  /'
}

# The Swift compiler is there wherever this is: it is the program whose trace is packed.
packing() {
  local toolchain raw=$folder/raw.acetrace packed=$folder/packed.acetrace round begin events least=""
  toolchain=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath" *: *"\(.*\)\/lib\/swift".*/\1/p')
  "$bin/acebench" record --quiet --raw -o "$raw" -- "$toolchain/bin/swift-frontend" -frontend -c -O \
    "$root/workloads/programs/compiled.swift" -module-name compiled -o "$folder/compiled.o"
  events=$("$bin/acebench" trace info -f json "$raw" | sed -n 's/.*"events_count": *\([0-9]*\).*/\1/p' | head -n 1)
  for ((round = 0; round < 3; round++)); do
    rm -f "$packed"
    begin=$(date +%s%N)
    "$bin/acebench" trace convert "$raw" "$packed" >/dev/null 2>&1
    echo $(($(date +%s%N) - begin))
  done | sort -n | head -n 1 >"$folder/packing"
  least=$(cat "$folder/packing")
  awk -v events="$events" -v nanoseconds="$least" -v raw="$(stat -c %s "$raw")" -v packed="$(stat -c %s "$packed")" 'BEGIN {
    printf "packing: %d events of swift-frontend, %.1f million events a second (best of 3)\n", events, events / nanoseconds * 1e3
    printf "trace: %.2f bytes an event raw, %.2f packed\n", raw / events, packed / events
  }'
}

# Verdicts of 100,000 rows: a small gate's, repeated with other numbers of rounds.
statistics() {
  "$bin/acebench" gate --base null --head null -w tiny-hot:64,10,100 -w random-mixed:1000,50 --metric throughput \
    --no-controls -q -o "$folder/gate" >/dev/null || true
  # The name of the cell is the one field in quotes, and comes before the number of the round.
  awk -F '"' '
    NR == 1 {
      count = split($0, name, ",")
      for (column = 1; column <= count; column++) if (name[column] == "cell_id") cell = column; else if (name[column] == "round") place = column
      print
      next
    }
    {
      head[++rows] = $1 "\"" $2 "\""
      fields = split($3, field, ",")
      place_behind = place - cell + 1
      number[rows] = field[place_behind]
      if (number[rows] > rounds) rounds = number[rows]
      before[rows] = after[rows] = ""
      for (column = 2; column < place_behind; column++) before[rows] = before[rows] "," field[column]
      for (column = place_behind + 1; column <= fields; column++) after[rows] = after[rows] "," field[column]
    }
    END {
      for (lap = 0; written < 100000; lap++)
        for (row = 1; row <= rows && written < 100000; row++) {
          print head[row] before[row] "," number[row] + lap * rounds after[row]
          written++
        }
    }' "$folder/gate/samples.csv" >"$folder/rows.csv"
  cp "$folder/gate/gate.json" "$folder/gate.json"
  echo "statistics, seconds for $(($(wc -l <"$folder/rows.csv") - 1)) rows (best of 3):"
  for command in "gate --from" compare; do
    local arguments=()
    [ "$command" = compare ] && arguments=(--base base --candidate head)
    for _ in 1 2 3; do
      # shellcheck disable=SC2086
      { TIMEFORMAT=%R; time "$bin/acebench" $command "$folder/rows.csv" "${arguments[@]}" -q >"$folder/verdict" 2>&1 || true; } 2>&1
    done | sort -n | head -n 1 >"$folder/seconds"
    echo "  $command: $(cat "$folder/seconds"), $(grep -cE 'acebench-gate verdict=|throughput_ops_per_s' "$folder/verdict") verdict"
  done
}

machine
floor_and_supervisor
worker_memory
recorder
packing
statistics
