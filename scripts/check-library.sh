#!/bin/bash
# SPDX-License-Identifier: MIT
# Checks a library that lives inside other programs: it exports what its map says and nothing else, and imports nothing
# but functions of the C library.
# usage: scripts/check-library.sh LIBRARY EXPORTS.map
set -euo pipefail
if [ $# -ne 2 ]; then
  echo "usage: scripts/check-library.sh LIBRARY EXPORTS.map" >&2
  exit 64
fi
library=$1
map=$2
if [ ! -r "$library" ] || [ ! -r "$map" ]; then
  echo "check: $library or $map cannot be read" >&2
  exit 69
fi

# The names between "global:" and "local:", comments left out.
stated=$(tr '\n' ' ' <"$map" | sed -e 's:/\*[^*]*\*/: :g' -e 's/.*global://' -e 's/local:.*//' | tr ';' '\n' |
  tr -d ' \t' | grep -v '^$' | LC_ALL=C sort -u)
exported=$(nm -D --defined-only --extern-only "$library" | awk '{ print $3 }' | sed 's/@.*//' | LC_ALL=C sort -u)
difference=$(diff <(echo "$stated") <(echo "$exported") || true)
if [ -n "$difference" ]; then
  echo "check: $library exports other names than $map states (< stated, > exported):" >&2
  echo "$difference" | grep '^[<>]' >&2
  exit 1
fi

# What the C library and the loader export on this machine, under whichever name their files have here.
folders=$(ldd /bin/sh | awk '/=> \// { print $3 }' | xargs -r -n 1 dirname | LC_ALL=C sort -u)
libc=""
for folder in $folders; do
  for name in libc.so.6 libpthread.so.0 libdl.so.2 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1; do
    if [ -r "$folder/$name" ]; then libc="$libc $folder/$name"; fi
  done
done
# shellcheck disable=SC2086
provided=$(nm -D --defined-only $libc 2>/dev/null | awk 'NF >= 3 { print $3 }' | sed 's/@.*//' | LC_ALL=C sort -u)
# Weak imports are hooks of the linker and the profiler, which need not be there.
imported=$(nm -D --undefined-only "$library" | awk '$1 == "U" { print $2 }' | sed 's/@.*//' | LC_ALL=C sort -u)
foreign=$(LC_ALL=C comm -23 <(echo "$imported") <(echo "$provided") | grep -v '^$' || true)
if [ -n "$foreign" ]; then
  echo "check: $library imports what is not the C library's:" >&2
  echo "$foreign" >&2
  exit 1
fi
# A library named beside the C library would be opened in every program that this one is preloaded into.
needed=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libpthread|libdl|ld-linux.*)\.so' || true)
if [ -n "$needed" ]; then
  echo "check: $library needs other libraries: $needed" >&2
  exit 1
fi
echo "check: $library exports $(echo "$exported" | wc -l) names and imports $(echo "$imported" | wc -l) of the C library's" >&2
