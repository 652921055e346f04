client() { "$CLIENT" -h "$HOST" "$@"; }
dump() { said=$(client --rdb "$1" 2>&1) || { echo "$said" >&2; return 1; }; }
verify() { "$CHECK" "$1" >/dev/null; }
is_empty() { ! client info keyspace | grep -q '^db'; }

ask() { env -u REDISCLI_AUTH "$CLIENT" -s "$work/socket" "$@" 2>/dev/null; }
says() {
  until ask info persistence | tr -d '\r' | grep -qx "$1"; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; return 1; }
    sleep 1
  done
}
start() {
  rm -rf "$folder"/restore.*
  mkdir "$work" && cp "$1" "$work/dump.rdb" && cd "$work" || return 1
  { printf '%s\n' "port 0" "unixsocket $work/socket" 'save ""' "appendonly no" "aof-use-rdb-preamble no"
    "$MODULES"
  } >redis.conf
  "$SERVER" redis.conf >log 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; wait; rm -rf "$work"' EXIT
}
write_commands() {
  ask config set appendonly yes >/dev/null && sleep 1 && says aof_rewrite_scheduled:0 &&
    says aof_rewrite_in_progress:0 && says aof_last_bgrewrite_status:ok || return 1
  for file in appendonlydir/*.base.aof appendonly.aof; do [ ! -f "$file" ] || cat "$file"; done >commands
}
send_commands() {
  most=$(client config get maxmemory | tail -n 1)
  client flushall >/dev/null && client config set maxmemory 0 >/dev/null || return 1
  sent=0
  client --pipe <commands >sent || { sent=1; cat sent >&2; }
  client config set maxmemory "$most" >/dev/null && return "$sent"
}
load() {
  work=$folder/restore.$$
  start "$1" && says loading:0 && write_commands && send_commands
}
