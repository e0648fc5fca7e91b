#!/bin/bash
# SPDX-License-Identifier: MIT
# Sets ACE against its peers, from a samples file: for each workload how many times faster it ran than the fastest peer and
# than mimalloc (time per operation, floor included), and how many times the peak memory of the leanest and of mimalloc it
# used; then geometric means over recorded programs and over generated workloads.
# usage: scripts/results-ratios.sh [SAMPLES.csv]; results/reference/samples.csv when none is named.
set -euo pipefail

# The workloads that are traces, by name, so that the means can be told apart.
samples=${1:-$(cd "$(dirname "$0")/.." && pwd)/results/reference/samples.csv}
traces=$(cd "$(dirname "$0")/../workloads/traces" && printf '%s ' *.acetrace | sed 's/\.acetrace//g')

TIME=ns_per_op "$(dirname "$0")/results-table.sh" "$samples" | tr -d '*' | awk -F ' *[|] *' -v traces="$traces" '
  BEGIN { count = split(traces, list, " "); for (each = 1; each <= count; each++) is_trace[list[each]] = 1 }
  NR == 1 {
    for (column = 4; column < NF; column++) {
      name = $column
      if (sub(/.*ns.op: /, "", name)) metric = "time"
      if (sub(/.*MiB: /, "", name)) metric = "memory"
      place[metric, name] = column
      if (name != "ace") peer[name] = 1
    }
    print "| workload | time: faster than the fastest peer | than mimalloc | memory: of the leanest peer | of mimalloc |"
    print "|---|---:|---:|---:|---:|"
    next
  }
  NR > 2 {
    fastest = leanest = 0
    for (name in peer) {
      time = $place["time", name]; memory = $place["memory", name]
      if (!fastest || time < fastest) fastest = time
      if (!leanest || memory < leanest) leanest = memory
    }
    ace_time = $place["time", "ace"]; ace_memory = $place["memory", "ace"]
    ratio[1] = fastest / ace_time; ratio[2] = $place["time", "mimalloc"] / ace_time
    ratio[3] = ace_memory / leanest; ratio[4] = ace_memory / $place["memory", "mimalloc"]
    kind = ($2 in is_trace) ? "recorded programs" : "generated workloads"
    rows[kind]++
    for (each = 1; each <= 4; each++) sum[kind, each] += log(ratio[each])
    printf "| %s | %.2f | %.2f | %.2f | %.2f |\n", $2, ratio[1], ratio[2], ratio[3], ratio[4]
  }
  END {
    for (kind in rows)
      printf "| geometric mean, %s | %.2f | %.2f | %.2f | %.2f |\n", kind, exp(sum[kind, 1] / rows[kind]), \
        exp(sum[kind, 2] / rows[kind]), exp(sum[kind, 3] / rows[kind]), exp(sum[kind, 4] / rows[kind])
  }'
