# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The programs whose traces are shipped in workloads/traces, for scripts that source this: each run_NAME makes what the program
# reads, from fixed seeds and in the current folder, into which workloads/programs has been copied, and calls
#   traced NAME PROVENANCE COMMAND…
# with the program's variables set. What is missing ends the script with 69.

traced_programs=(python sqlite gcc swiftc lua perl redis threads cxx)

need() { # PROGRAM
  command -v "$1" >/dev/null && return
  echo "${0##*/}: there is no $1; scripts/bootstrap.sh --traces installs what can be had with apt" >&2
  exit 69
}

provenance() { # VERSION COMMAND
  echo "$1; $2; recorded $(date -u +%Y-%m-%d) by scripts/record-traces.sh"
}

run_python() {
  # The interpreter itself: a launcher in its place would be recorded instead. Debian's when it is there.
  local python
  python=$(command -v /usr/bin/python3 || command -v python3) || need python3
  python=$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))')
  PYTHONMALLOC=malloc PYTHONHASHSEED=0 traced python \
    "$(provenance "$("$python" --version)" "PYTHONMALLOC=malloc PYTHONHASHSEED=0 python3 python.py")" "$python" python.py
}

run_sqlite() {
  need sqlite3
  awk -v database=disk.db -f sqlite.awk >statements.sql
  traced sqlite "$(provenance "sqlite3 $(sqlite3 --version | cut -d ' ' -f 1)" "sqlite3 :memory: '.read statements.sql'")" \
    sh sqlite.sh
}

run_gcc() {
  need gcc
  awk -v functions=100 -f source.awk >source.c
  traced gcc "$(provenance "$(gcc --version | head -n 1)" "cc1 -quiet -O2 source.c")" \
    "$(gcc -print-prog-name=cc1)" -quiet -O2 source.c -o source.s
}

run_swiftc() {
  need swiftc
  # The driver starts the frontend as a process of its own.
  local toolchain
  toolchain=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath" *: *"\(.*\)\/lib\/swift".*/\1/p')
  traced swiftc "$(provenance "$(swiftc --version 2>/dev/null | head -n 1)" "swift-frontend -frontend -c -O compiled.swift")" \
    "$toolchain/bin/swift-frontend" -frontend -c -O compiled.swift -module-name compiled -o compiled.o
}

run_lua() {
  need lua5.4
  traced lua "$(provenance "$(lua5.4 -v | cut -d ' ' -f 1,2)" "lua5.4 lua.lua")" lua5.4 lua.lua
}

run_perl() {
  need perl
  PERL_HASH_SEED=0 traced perl "$(provenance "perl $(perl -e 'print $^V')" "PERL_HASH_SEED=0 perl perl.pl")" perl perl.pl
}

run_redis() {
  need redis-server
  need redis-benchmark
  local load=(-n 20000 -c 20 -r 5000 -d 100 -t "set,get,incr,lpush,lrange_100,sadd,hset,zadd")
  traced redis "$(provenance "$(redis-server --version | cut -d ' ' -f 1-3)" "redis-benchmark ${load[*]}")" \
    sh redis.sh "${load[@]}"
}

run_threads() {
  need g++
  g++ -O2 -pthread -o threads threads.cpp
  traced threads "$(provenance "$(g++ --version | head -n 1)" "g++ -O2 -pthread threads.cpp, run")" ./threads
}

run_cxx() {
  need g++
  g++ -O2 -o cxx cxx.cpp
  traced cxx "$(provenance "$(g++ --version | head -n 1)" "g++ -O2 cxx.cpp, run")" ./cxx
}
