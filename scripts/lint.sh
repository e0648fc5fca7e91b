#!/bin/bash
# SPDX-License-Identifier: MIT
# Holds the sources to the rules that a machine can check, and names every place that breaks one.
# usage: scripts/lint.sh
set -uo pipefail
cd "$(dirname "$0")/.."
failures=0

# Prints what a check found and counts it.
report() { # RULE; findings on standard input
  local findings
  findings=$(cat)
  [ -z "$findings" ] && return
  echo "lint: $1" >&2
  sed 's/^/  /' <<<"$findings" >&2
  failures=$((failures + 1))
}

files() { # a pattern each; files of the project that match
  find Sources Tests scripts workloads .ci Makefile Package.swift \( "$@" \) -type f -print | LC_ALL=C sort
}

is_code=(-name '*.swift' -o -name '*.c' -o -name '*.h' -o -name '*.cpp' -o -name '*.sh' -o -name '*.py' -o -name '*.lua'
  -o -name '*.pl' -o -name Makefile -o -path .ci/run)

swift format lint --strict -r Sources Tests Package.swift || failures=$((failures + 1))

report "files without the line of the licence" < <(
  files "${is_code[@]}" | while read -r file; do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file"
  done
)
report "files of more than 400 lines" < <(
  files "${is_code[@]}" | while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 400 ] || echo "$file: $lines lines"
  done
)
report "names with a space" < <(find . -path ./.build -prune -o -path ./.git -prune -o -name '* *' -print)
report "names that say nothing" < <(
  files -name '*.swift' -o -name '*.c' -o -name '*.h' | grep -E '/[^/]*(Utils|Utilities|Common|Helper|Manager)[^/]*$'
)
# In two halves, so that this file does not hold the words itself.
report "unfinished places" < <(
  grep -rnwIE "TO""DO|FIX""ME|X""XX" Sources Tests scripts docs workloads Makefile .ci ./*.md --exclude='*.acetrace'
)

if [ "$failures" -gt 0 ]; then
  echo "lint: broken rules: $failures" >&2
  exit 1
fi
echo "lint: clean" >&2
