on() {
  database=${1%%:*} rest=${1#*:}
  user=${rest%%:*} file=${rest#*:}
  unset MYSQL_PWD
  [ -z "$file" ] || IFS= read -r MYSQL_PWD <"$file" || [ -n "$MYSQL_PWD" ]
  export MYSQL_PWD
  program=$2
  shift 2
  "$program" --protocol=tcp --host="$HOST" --user="$user" --default-character-set=utf8mb4 "$@" "$database"
}
each() {
  for where in $databases; do
    echo "-- catamaran: database ${where%%:*}"
    on "$where" "$DUMP" --single-transaction --no-tablespaces --routines --events --triggers || return 1
    echo "-- catamaran: end of ${where%%:*}"
  done
}
dump() { each | gzip >"$1"; }

is_single() { ! gzip -dc "$1" | head -n 1 | grep -q '^-- catamaran: database '; }
verify() {
  gzip -t "$1" || return 1
  if is_single "$1"; then end='Dump completed'; else end='^-- catamaran: end of '; fi
  gzip -dc "$1" | tail -n 1 | grep -q -- "$end"
}
is_empty() {
  for where in $databases; do
    [ "$(on "$where" "$CLIENT" -NBe 'select count(*) from information_schema.tables where table_schema = database()')" = 0 ] ||
      return 1
  done
}
load() {
  if is_single "$1"; then gzip -dc "$1" | on "${databases%% *}" "$CLIENT"; return; fi
  for where in $databases; do
    one=${where%%:*}
    gzip -dc "$1" | sed -n "/^-- catamaran: database $one\$/,/^-- catamaran: end of $one\$/p" | on "$where" "$CLIENT" || return 1
  done
}
