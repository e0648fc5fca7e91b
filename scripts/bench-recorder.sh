#!/bin/sh
# SPDX-License-Identifier: MIT
# What recording costs: nanoseconds an event over the bare program, the best of interleaved rounds; and what stacks cost over
# a trace without them, at the bottom of 20 frames.
# usage: scripts/bench-recorder.sh [ROUNDS]
set -eu
rounds=${1:-10}
root=$(cd "$(dirname "$0")/.." && pwd)
swift build --package-path "$root" -c release --product acerecord >&2
library=$root/.build/release/libacerecord.so
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$(command -v clang || command -v cc)" -O2 -fno-builtin -pthread -o "$folder/loop" "$root/Tests/RecorderTests/Programs/loop.c"
"$(command -v clang || command -v cc)" -O1 -fno-builtin -fno-omit-frame-pointer -o "$folder/deep" "$root/Tests/RecorderTests/Programs/deep.c"
events=6000000
deep_events=600000

record() { # ORDER COMMAND…
  rm -f "$folder/trace"
  order=$1
  shift
  env ACERECORD_ORDER="$order" ACERECORD_OUTPUT="$folder/trace" LD_PRELOAD="$library" "$@"
}

stacks() { # METHOD
  rm -f "$folder/trace"
  env ACERECORD_STACKS="$1" ACERECORD_OUTPUT="$folder/trace" LD_PRELOAD="$library" "$folder/deep" $deep_events 20
}

round=0
while [ "$round" -lt "$rounds" ]; do
  "$folder/loop" $events >>"$folder/bare"
  env LD_PRELOAD="$library" "$folder/loop" $events >>"$folder/inactive"
  record coarse "$folder/loop" $events >>"$folder/coarse"
  record fine "$folder/loop" $events >>"$folder/fine"
  record fine "$folder/loop" $events threaded >>"$folder/fine-threaded"
  for method in none sampled fp unwind; do stacks $method >>"$folder/stacks-$method"; done
  round=$((round + 1))
done
bare=$(sort -g "$folder/bare" | head -n 1)
echo "bare: $bare ns/event"
for name in inactive coarse fine fine-threaded; do
  sort -g "$folder/$name" | head -n 1 | awk -v name="$name" -v bare="$bare" \
    '{ printf "%s: +%.2f ns/event\n", name, $1 - bare }'
done
none=$(sort -g "$folder/stacks-none" | head -n 1)
echo "without stacks: $none ns/event"
for method in sampled fp unwind; do
  sort -g "$folder/stacks-$method" | head -n 1 | awk -v method="$method" -v none="$none" \
    '{ printf "stacks %s: +%.2f ns/event, %.2f times\n", method, $1 - none, $1 / none }'
done
