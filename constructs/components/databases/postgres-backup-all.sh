dump() (
  work=$1.d
  trap 'rm -rf "$work"' EXIT
  find "$folder" -name '*.part.d' -mmin +1440 -exec rm -rf {} +
  mkdir "$work"
  for one in $databases; do pg_dump --format=custom --file="$work/$one.dump" "$one" || exit 1; done
  tar -cf "$1" -C "$work" .
)

is_single() { [ "$(head -c 5 "$1")" = PGDMP ]; }
among() {
  if is_single "$1"; then echo "$PGDATABASE"; return; fi
  files=$(tar -tf "$1") || return 1
  for one in $databases; do case "$files" in *"./$one.dump"*) echo "$one" ;; esac; done
}
part() { if is_single "$2"; then cat "$2"; else tar -xOf "$2" "./$1.dump"; fi; }

verify() {
  names=$(among "$1") && [ -n "$names" ] || return 1
  for one in $names; do part "$one" "$1" | pg_restore --file=/dev/null || return 1; done
}
is_empty() {
  for one in $databases; do
    [ "$(psql -d "$one" -AtXc "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_|^information_schema$' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')")" = 0 ] || return 1
  done
}
load() {
  for one in $(among "$1"); do
    set -- "$1" --clean --if-exists --exit-on-error --single-transaction --dbname="$one"
    [ "$one" != "$PGDATABASE" ] || set -- "$@" --no-owner
    (file=$1 && shift && part "$one" "$file" | pg_restore "$@") || return 1
  done
}
