#!/bin/sh
# SPDX-License-Identifier: MIT
# Becomes redis-server, and has it loaded by redis-benchmark from beside until it is shut down. The client is nobody's child and
# has no library preloaded: what it takes is no part of what the server does.
# usage: redis.sh OPTIONS OF redis-benchmark
socket=$PWD/redis.socket
rm -f "$socket"
(
  (
    unset LD_PRELOAD
    tries=0
    until redis-cli -s "$socket" ping | grep -q PONG; do
      tries=$((tries + 1))
      [ "$tries" -le 200 ] || exit 70
      sleep 0.02
    done
    redis-benchmark -s "$socket" -q "$@"
    redis-cli -s "$socket" shutdown nosave
  ) </dev/null >/dev/null 2>&1 &
)
exec redis-server --port 0 --unixsocket "$socket" --save '' --appendonly no --daemonize no --loglevel warning
