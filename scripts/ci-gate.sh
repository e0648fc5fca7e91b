#!/bin/bash
# SPDX-License-Identifier: MIT
# Holds this checkout's ACE against that of an earlier commit, and ends with the gate's exit code.
# usage: scripts/ci-gate.sh [--since COMMIT] [options of `acebench gate`]
# Without --since: the target of the pull request (GITHUB_BASE_REF, CI_MERGE_REQUEST_DIFF_BASE_SHA), else the last release
# (tag v*), else the parent commit. Where there is none of these, ACE is held against itself.
# CONFIGURATION=debug builds the harness for debugging; ACE and the worker's loops are optimised in both.
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no
configuration=${CONFIGURATION:-release}

since=
if [ "${1:-}" = --since ]; then
  since=${2:?--since takes a commit}
  shift 2
elif [ -n "${GITHUB_BASE_REF:-}" ]; then
  since="origin/$GITHUB_BASE_REF"
elif [ -n "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then
  since=$CI_MERGE_REQUEST_DIFF_BASE_SHA
else
  since=$(git describe --tags --match 'v*' --abbrev=0 2>/dev/null || git rev-parse --verify --quiet HEAD~1 || true)
fi

swift build -c "$configuration" >&2
products=.build/$configuration
head=$products/libace.so
base=$head
if [ -n "$since" ]; then
  commit=$(git rev-parse --verify --quiet "$since^{commit}") || {
    echo "ci-gate: there is no commit '$since' here; fetch more of the history (git fetch --unshallow)" >&2
    exit 69
  }
  base=.build/gate-base/libace-$commit.so
  if [ ! -f "$base" ]; then
    mkdir -p .build/gate-base
    sources=$(mktemp -d)
    trap 'rm -rf "$sources"' EXIT
    git archive "$commit" | tar -x -C "$sources"
    swift build -c "$configuration" --package-path "$sources" --scratch-path "$PWD/.build/gate-base/build" --product ace >&2
    # Under its own name only when it is whole.
    cp ".build/gate-base/build/$configuration/libace.so" "$base.unfinished"
    mv "$base.unfinished" "$base"
  fi
fi
"$products/acebench" gate --base "$base" --head "$head" "$@"
