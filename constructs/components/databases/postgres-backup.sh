dump() { pg_dump --format=custom --file="$1"; }
verify() { pg_restore --file=/dev/null "$1"; }
is_empty() {
  [ "$(psql -AtXc "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_|^information_schema$' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')")" = 0 ]
}
load() {
  pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction --dbname="$PGDATABASE" "$1"
}
