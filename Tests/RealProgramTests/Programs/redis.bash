# SPDX-License-Identifier: MIT
# A server under its own benchmark, with data of all types; what it holds is saved, read back and compared.
set -euo pipefail
socket=$PWD/redis.socket

start() {
  redis-server --port 0 --unixsocket "$socket" --dir "$PWD" --logfile server.log --save "" --daemonize no \
    --enable-debug-command yes --activerehashing yes --lazyfree-lazy-user-del yes --rdb-del-sync-files no >&2 &
  server=$!
  for ((i = 0; i < 600; i++)); do
    if [ "$(ask ping 2>/dev/null)" = PONG ]; then return; fi
    kill -0 $server
    sleep 0.05
  done
  return 1
}
ask() { redis-cli -s "$socket" "$@"; }

# A check below that fails must not leave the server behind.
trap 'kill -KILL $server 2>/dev/null || true' EXIT
start
redis-benchmark -s "$socket" -q -t set,get,lpush,lrange,hset,zadd -n 20000 -c 20 -P 8 >/dev/null
awk 'BEGIN {
  for (i = 0; i < 20000; i++) {
    n = i * 7919 % 20011
    value = sprintf("%0" n % 500 "d", n)
    print "SET string:" i, value "x"
    print "HSET hash:" i % 700, "field:" n, value "x"
    print "ZADD sorted:" i % 90, n, "member:" i
    print "RPUSH list:" i % 50, value "x"
    print "SADD set:" i % 60, n
    print "APPEND grown:" i % 20, value
    print "XADD stream:" i % 10, i + 1 "-0 field", value "x"
    if (i % 5 == 0) print "DEL string:" int(i / 2)
    if (i % 90 == 89) print "UNLINK list:" i % 50
  }
}' | ask --pipe | grep -E 'errors:'
ask dbsize
ask debug digest
ask eval 'local n = 0 for i = 1, 5000 do n = n + #redis.call("hgetall", "hash:" .. i % 700) end return n' 0
ask sort set:7 limit 0 3
ask bgsave >/dev/null
for ((i = 0; i < 600; i++)); do
  if ask info persistence | grep -q 'rdb_bgsave_in_progress:0'; then break; fi
  sleep 0.05
done
ask info persistence | tr -d '\r' | grep -E 'rdb_last_bgsave_status'
ask debug reload
ask debug digest
ask flushall
ask dbsize
ask shutdown nosave
wait $server
echo "ended with $?"

start
ask dbsize
ask debug digest
ask memory purge
ask shutdown save
wait $server
echo "ended with $?"
trap - EXIT
ls dump.rdb
grep -ciE 'bug report|crash|assert|fatal|corrupt|error|signal' server.log || true
