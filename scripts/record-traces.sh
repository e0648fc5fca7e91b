#!/bin/bash
# SPDX-License-Identifier: MIT
# Records the traces that are shipped in workloads/traces with the programs of this machine, and prints what is in each.
# usage: scripts/record-traces.sh [NAME…]; all of python sqlite gcc swiftc lua perl redis threads cxx when none is named.
# scripts/bootstrap.sh --traces installs the programs. What they read is made from fixed seeds.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
acebench=$root/.build/release/acebench
traces=$root/workloads/traces
all=(python sqlite gcc swiftc lua perl redis threads cxx)
# A longer trace is cut to a window of this many events.
event_limit=3000000

folder=$(mktemp -d)
server=""
finish() {
  if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
    redis-cli -s redis.socket shutdown nosave >/dev/null 2>&1 || kill "$server"
  fi
  rm -rf "$folder"
}
trap finish EXIT

need() { # PROGRAM
  command -v "$1" >/dev/null && return
  echo "record-traces: there is no $1; scripts/bootstrap.sh --traces installs what can be had with apt" >&2
  exit 69
}

provenance() { # VERSION COMMAND
  echo "$1; $2; recorded $(date -u +%Y-%m-%d) by scripts/record-traces.sh"
}

record() { # NAME PROVENANCE COMMAND…
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

record_python() {
  # The interpreter itself: a launcher in its place would be recorded instead. Debian's when it is there.
  local python
  python=$(command -v /usr/bin/python3 || command -v python3) || need python3
  python=$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))')
  PYTHONMALLOC=malloc PYTHONHASHSEED=0 record python \
    "$(provenance "$("$python" --version)" "PYTHONMALLOC=malloc PYTHONHASHSEED=0 python3 python.py")" "$python" python.py
}

record_sqlite() {
  need sqlite3
  awk -v database=disk.db -f sqlite.awk >statements.sql
  record sqlite "$(provenance "sqlite3 $(sqlite3 --version | cut -d ' ' -f 1)" "sqlite3 :memory: '.read statements.sql'")" \
    sqlite3 :memory: '.read statements.sql'
}

record_gcc() {
  need gcc
  awk -v functions=100 -f source.awk >source.c
  record gcc "$(provenance "$(gcc --version | head -n 1)" "cc1 -quiet -O2 source.c")" \
    "$(gcc -print-prog-name=cc1)" -quiet -O2 source.c -o source.s
}

record_swiftc() {
  need swiftc
  # The driver starts the frontend as a process of its own.
  local toolchain
  toolchain=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath" *: *"\(.*\)\/lib\/swift".*/\1/p')
  record swiftc "$(provenance "$(swiftc --version 2>/dev/null | head -n 1)" "swift-frontend -frontend -c -O compiled.swift")" \
    "$toolchain/bin/swift-frontend" -frontend -c -O compiled.swift -module-name compiled -o compiled.o
}

record_lua() {
  need lua5.4
  record lua "$(provenance "$(lua5.4 -v | cut -d ' ' -f 1,2)" "lua5.4 lua.lua")" lua5.4 lua.lua
}

record_perl() {
  need perl
  PERL_HASH_SEED=0 record perl "$(provenance "perl $(perl -e 'print $^V')" "PERL_HASH_SEED=0 perl perl.pl")" perl perl.pl
}

record_redis() {
  need redis-server
  need redis-benchmark
  local load=(-n 20000 -c 20 -r 5000 -d 100 -t "set,get,incr,lpush,lrange_100,sadd,hset,zadd")
  record redis "$(provenance "$(redis-server --version | cut -d ' ' -f 1-3)" "redis-benchmark ${load[*]}")" \
    redis-server --port 0 --unixsocket redis.socket --save '' --appendonly no --daemonize no --loglevel warning &
  server=$!
  local tries=0
  until redis-cli -s redis.socket ping >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      echo "record-traces: redis-server does not answer" >&2
      exit 70
    fi
    sleep 0.1
  done
  redis-benchmark -s redis.socket -q "${load[@]}" >/dev/null
  redis-cli -s redis.socket shutdown nosave >/dev/null 2>&1 || true
  wait "$server"
  server=""
}

record_threads() {
  need g++
  g++ -O2 -pthread -o threads threads.cpp
  record threads "$(provenance "$(g++ --version | head -n 1)" "g++ -O2 -pthread threads.cpp, run")" ./threads
}

record_cxx() {
  need g++
  g++ -O2 -o cxx cxx.cpp
  record cxx "$(provenance "$(g++ --version | head -n 1)" "g++ -O2 cxx.cpp, run")" ./cxx
}

[ $# -gt 0 ] || set -- "${all[@]}"
for name in "$@"; do
  if [[ " ${all[*]} " != *" $name "* ]]; then
    echo "usage: scripts/record-traces.sh [NAME…], of ${all[*]}" >&2
    exit 64
  fi
done
if [ ! -x "$acebench" ]; then swift build --package-path "$root" -c release >&2; fi
cp "$root"/workloads/programs/* "$folder"
cd "$folder"
for name in "$@"; do
  "record_$name"
  keep "$name"
done
du -ch "$traces"/*.acetrace | tail -n 1 >&2
