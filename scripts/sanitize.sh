#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs ACE's own tests under ThreadSanitizer and under AddressSanitizer, on its sources as ordinary Swift.
# Usage: scripts/sanitize.sh [thread|address]…; both when not said otherwise.
# They are built in .build/sanitize as a package of ACE alone: the whole one would take minutes for each.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
[ $# -gt 0 ] || set -- thread address
package=$root/.build/sanitize
mkdir -p "$package/Accesses/include"
ln -sfn "$root/Sources" "$package/Sources"
ln -sfn "$root/Tests" "$package/Tests"
cat > "$package/Package.swift" <<EOF
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "sanitize",
  targets: [
    .target(name: "CACE"),
    .target(name: "ACEHosted", dependencies: ["CACE"]),
    .target(name: "Accesses", path: "Accesses"),
    .testTarget(
      name: "ACETests", dependencies: ["ACEHosted", "Accesses", "CACE"],
      linkerSettings: [.unsafeFlags(["-Xlinker", "--wrap=__tsan_external_write"])]),
  ],
  swiftLanguageModes: [.v6]
)
EOF
# Swift tells ThreadSanitizer of every inout access as if it wrote the whole variable, while the fields of ACE's records are for
# different threads to write. What is really read and written is told besides.
: > "$package/Accesses/include/Accesses.h"
cat > "$package/Accesses/Accesses.c" <<EOF
void __wrap___tsan_external_write(void *address, void *caller, void *tag) { (void)address, (void)caller, (void)tag; }
EOF

# A crash shall end a run at once; what a sanitizer finds ends it with a code that is not 0.
export SWIFT_BACKTRACE=enable=no
suppressions=$root/scripts/sanitize-thread.txt
export TSAN_OPTIONS="suppressions=$suppressions:print_suppressions=0:exitcode=66${TSAN_OPTIONS:+:$TSAN_OPTIONS}"
export ASAN_OPTIONS="detect_leaks=0:exitcode=66${ASAN_OPTIONS:+:$ASAN_OPTIONS}"

# ThreadSanitizer makes no address of one that it does not know, which the superuser may map, and then it stops.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then drop="setpriv --bounding-set=-sys_rawio"; else drop=; fi

for sanitizer; do
  echo "sanitize: $sanitizer" >&2
  # shellcheck disable=SC2086
  $drop swift test --package-path "$package" --scratch-path "$package/$sanitizer" --sanitize "$sanitizer" \
    --disable-xctest
done
