#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds libace.so several times from the same source, with its functions in another order each time: builds that differ in
# nothing but where their code lies, for `acebench gate calibrate`.
# usage: scripts/build-variants.sh FOLDER [COUNT]
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: scripts/build-variants.sh FOLDER [COUNT]" >&2; exit 64; }
folder=$(realpath -m "$1")
count=${2:-6}
cd "$(dirname "$0")/.."
mkdir -p "$folder"
for number in $(seq 1 "$count"); do
  # lld can shuffle sections by a seed; with each function in a section of its own, that is the functions' order.
  swift build -c release --product ace --scratch-path .build/variants \
    -Xswiftc -use-ld=lld -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections \
    -Xlinker "--shuffle-sections=.text*=$number" >&2
  cp .build/variants/release/libace.so "$folder/libace-$number.so"
  echo "$folder/libace-$number.so"
done
