#!/bin/sh
# SPDX-License-Identifier: MIT
# What recording costs: nanoseconds an event over the bare program, the best of interleaved rounds, and bytes an event.
# usage: scripts/bench-recorder.sh [ROUNDS]
set -eu
rounds=${1:-10}
root=$(cd "$(dirname "$0")/.." && pwd)
swift build --package-path "$root" -c release --product acerecord >&2
library=$root/.build/release/libacerecord.so
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$(command -v clang || command -v cc)" -O2 -fno-builtin -pthread -o "$folder/loop" "$root/Tests/RecorderTests/Programs/loop.c"
events=6000000

record() { # ORDER COMMAND…
  rm -f "$folder/trace"
  order=$1
  shift
  env ACERECORD_ORDER="$order" ACERECORD_OUTPUT="$folder/trace" LD_PRELOAD="$library" "$@"
}

round=0
while [ "$round" -lt "$rounds" ]; do
  "$folder/loop" $events >>"$folder/bare"
  env LD_PRELOAD="$library" "$folder/loop" $events >>"$folder/inactive"
  record coarse "$folder/loop" $events >>"$folder/coarse"
  record fine "$folder/loop" $events >>"$folder/fine"
  record fine "$folder/loop" $events threaded >>"$folder/fine-threaded"
  round=$((round + 1))
done
bare=$(sort -g "$folder/bare" | head -n 1)
echo "bare: $bare ns/event"
for name in inactive coarse fine fine-threaded; do
  sort -g "$folder/$name" | head -n 1 | awk -v name="$name" -v bare="$bare" \
    '{ printf "%s: +%.2f ns/event\n", name, $1 - bare }'
done
