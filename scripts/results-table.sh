#!/bin/bash
# SPDX-License-Identifier: MIT
# Prints the README's table from a samples file: for each workload, recorded programs first, net time per operation and
# peak memory of each allocator, medians over rounds, the best in bold.
# usage: [TIME=ns_per_op] scripts/results-table.sh [SAMPLES.csv]; results/reference/samples.csv when none is named. TIME is
# the metric that stands for time, net_ns_per_op when none is named.
set -euo pipefail

samples=${1:-$(cd "$(dirname "$0")/.." && pwd)/results/reference/samples.csv}
if [ ! -r "$samples" ]; then
  echo "usage: scripts/results-table.sh [SAMPLES.csv]" >&2
  exit 64
fi

# Workload, allocator, metric, value of every figure that the table shows.
figures() {
  awk -v time="${TIME:-net_ns_per_op}" '
    # Fields of a row of CSV; commas stand only inside quotes or between fields.
    function split_row(line,    count, text, position, letter, quoted) {
      count = 1; text = ""; quoted = 0
      for (position = 1; position <= length(line); position++) {
        letter = substr(line, position, 1)
        if (letter == "\"") quoted = !quoted
        else if (letter == "," && !quoted) { field[count++] = text; text = "" }
        else text = text letter
      }
      field[count] = text
      return count
    }
    FNR == 1 {
      if (NR == 1) { columns = split_row($0); for (column = 1; column <= columns; column++) place[field[column]] = column }
      next
    }
    # The first reading finds the workloads that are there with several parameters: those are named with what differs.
    NR == FNR {
      split_row($0)
      name = field[place["workload"]]; parameters = field[place["parameters"]]
      if (name in first && first[name] != parameters) several[name] = 1
      if (!(name in first)) first[name] = parameters
      next
    }
    function label(    name, count, own, others, part, text) {
      name = field[place["workload"]]
      if (!(name in several) || field[place["parameters"]] == first[name]) return name
      count = split(field[place["parameters"]], own, ";"); split(first[name], others, ";")
      for (part = 1; part <= count; part++)
        if (own[part] != others[part]) { text = text (text == "" ? ":" : ",") own[part] }
      return name text
    }
    {
      split_row($0)
      if (field[place["status"]] != "ok" || field[place["allocator"]] == "null") next
      # Recorded programs sort before generated workloads.
      kind = field[place["trace_sha256"]] == "" ? 2 : 1
      key = kind ":" label() " " field[place["threads_count"]] " " field[place["allocator"]]
      if (field[place["pass"]] == "time") print key, "time", field[place[time]]
      if (field[place["pass"]] == "memory") print key, "memory", field[place["rss_peak_bytes"]] / 1048576
    }' "$samples" "$samples"
}

figures | LC_ALL=C sort -k 1,4 -k 5,5g | awk '
  function finish() {
    if (count > 0) median[key] = (value[int((count + 1) / 2)] + value[int(count / 2) + 1]) / 2
  }
  {
    next_key = $1 " " $2 " " $3 " " $4
    if (next_key != key) { finish(); key = next_key; count = 0 }
    value[++count] = $5
    if (!(($1 " " $2) in seen)) { seen[$1 " " $2] = 1; workload[++workloads] = $1 " " $2 }
    if (!($3 in known)) { known[$3] = 1; allocator[++allocators] = $3 }
  }
  function entry(name, metric, unit,    best, other, text) {
    if (!((name " " metric) in median)) return "–"
    best = 1
    split(name, part, " ")
    for (other = 1; other <= allocators; other++)
      if ((part[1] " " part[2] " " allocator[other] " " metric) in median && \
          median[part[1] " " part[2] " " allocator[other] " " metric] < median[name " " metric]) best = 0
    text = sprintf(median[name " " metric] < 10 ? "%.2f" : "%.1f", median[name " " metric])
    return best ? "**" text "**" : text
  }
  END {
    finish()
    header = "| workload | threads |"; rule = "|---|---:|"
    for (each = 1; each <= allocators; each++) {
      header = header (each == 1 ? " net ns/op: " : " ") allocator[each] " |"; rule = rule "---:|"
    }
    for (each = 1; each <= allocators; each++) {
      header = header (each == 1 ? " peak MiB: " : " ") allocator[each] " |"; rule = rule "---:|"
    }
    print header; print rule
    for (row = 1; row <= workloads; row++) {
      split(workload[row], part, " ")
      line = "| " substr(part[1], 3) " | " part[2] " |"
      for (each = 1; each <= allocators; each++) line = line " " entry(workload[row] " " allocator[each], "time") " |"
      for (each = 1; each <= allocators; each++) line = line " " entry(workload[row] " " allocator[each], "memory") " |"
      print line
    }
  }'
