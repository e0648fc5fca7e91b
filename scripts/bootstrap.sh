#!/bin/bash
# SPDX-License-Identifier: MIT
# Installs with apt what acebench is built from and measured against. Does nothing when all of it is there.
# usage: scripts/bootstrap.sh [--traces] [--programs]
#   --traces    also installs the programs that scripts/record-traces.sh records (redis-server starts as a service on some
#               systems, so it is not installed otherwise)
#   --programs  also installs the programs that the tests run on ACE, the tools whose traces they import, and the browser that
#               opens a report; such tests are skipped otherwise
set -euo pipefail

# One entry a package; where releases of Debian and Ubuntu name it differently, the names with bars between them.
needed=(libzstd-dev zlib1g-dev libssl-dev libnuma-dev)
optional=(libunwind-dev zstd "libmimalloc2.0|libmimalloc3" libjemalloc2 "libtcmalloc-minimal4|libtcmalloc-minimal4t64")
recorded=(lua5.4 "redis-server|redis" redis-tools sqlite3 perl python3 gcc g++)
tested=("${recorded[@]}" git xz-utils openssl valgrind heaptrack chromium
  "libpython3.11-testsuite|libpython3.12-testsuite|libpython3.13-testsuite|libpython3.14-testsuite")

say() { echo "bootstrap: $*" >&2; }

for option in "$@"; do
  case $option in
    --traces) optional+=("${recorded[@]}") ;;
    --programs) optional+=("${tested[@]}") ;;
    *)
      echo "usage: scripts/bootstrap.sh [--traces] [--programs]" >&2
      exit 64
      ;;
  esac
done

check_swift() {
  local version
  # Without a toolchain the pipe fails, which must not end the script before it has said so.
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1) || true
  if [ -z "$version" ]; then
    say "there is no Swift toolchain; version 6.2 or newer is at https://www.swift.org/install/linux/"
    exit 69
  fi
  if [ "$(printf '%s\n' 6.2 "$version" | sort -V | head -n 1)" != 6.2 ]; then
    say "Swift $version is too old; version 6.2 or newer is at https://www.swift.org/install/linux/"
    exit 69
  fi
}

is_installed() { # NAME|NAME…
  local name
  for name in ${1//|/ }; do
    if dpkg -s "$name" 2>/dev/null | grep -q '^Status: install ok installed'; then return 0; fi
  done
  return 1
}

missing_of() { # NAME…; prints those that are not installed
  local entry
  for entry in "$@"; do is_installed "$entry" || echo "$entry"; done
}

# The name that this system's archive knows; the first when it knows none.
name_here() { # NAME|NAME…
  local name
  for name in ${1//|/ }; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "${1%%|*}"
}

what_goes_without() { # NAME…
  local entry
  for entry in "${@%%|*}"; do
    case $entry in
      libmimalloc*) say "  without $entry the allocator mimalloc cannot be measured" ;;
      libjemalloc*) say "  without $entry the allocator jemalloc cannot be measured" ;;
      libtcmalloc*) say "  without $entry the allocator tcmalloc cannot be measured" ;;
      chromium) say "  without $entry no test opens a report in a browser" ;;
      libunwind-dev) say "  without $entry 'record --stacks unwind' walks frame pointers" ;;
      zstd) say "  without $entry the build and its tests still work" ;;
      *) say "  without $entry its trace cannot be recorded anew, and tests of it are skipped" ;;
    esac
  done
}

check_swift
if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
  say "there is no apt here; the build needs the headers of zstd, zlib, libnuma and OpenSSL's libcrypto"
  say "peers that can be measured when their libraries are there: mimalloc, jemalloc, tcmalloc"
  exit 0
fi

mapfile -t missing_needed < <(missing_of "${needed[@]}")
mapfile -t missing_optional < <(missing_of "${optional[@]}")
if [ $((${#missing_needed[@]} + ${#missing_optional[@]})) -eq 0 ]; then exit 0; fi

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  names=()
  for entry in "${missing_needed[@]}" "${missing_optional[@]}"; do names+=("$(name_here "$entry")"); done
  say "packages are missing, and this user may not install them. An administrator can, with"
  say "  sudo apt-get install --no-install-recommends ${names[*]}"
  what_goes_without "${missing_optional[@]}"
  if [ ${#missing_needed[@]} -gt 0 ]; then
    say "the build cannot do without ${missing_needed[*]}"
    exit 69
  fi
  exit 0
fi

install() { # NAME…
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    </dev/null >&2
}

missing=("${missing_needed[@]}" "${missing_optional[@]}")
say "installing ${missing[*]%%|*}"
"${as_root[@]}" apt-get update -qq </dev/null >&2 || say "apt-get update failed; going on with the lists that are here"
if [ ${#missing_needed[@]} -gt 0 ] && ! install "${missing_needed[@]}"; then
  say "apt-get could not install ${missing_needed[*]}, which the build needs"
  exit 69
fi
for entry in "${missing_optional[@]}"; do
  install "$(name_here "$entry")" || what_goes_without "$entry"
done
