server() { "$@" --protocol=tcp --host="$HOST" --user="$USERNAME" "$database"; }
dump() { server "$DUMP" --single-transaction --no-tablespaces --routines --events --triggers --default-character-set=utf8mb4 | gzip >"$1"; }
client() { server "$CLIENT" --default-character-set=utf8mb4 "$@"; }

verify() { gzip -t "$1" && gzip -dc "$1" | tail -n 1 | grep -q 'Dump completed'; }
is_empty() {
  [ "$(client -NBe 'select count(*) from information_schema.tables where table_schema = database()')" = 0 ]
}
load() { gzip -dc "$1" | client; }
