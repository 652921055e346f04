dump() { tool mongodump --db="$database" --gzip --archive="$1"; }
verify() { gzip -t "$1"; }
is_empty() {
  host=$host user=$user database=$database password_file=$password_file "$SHELL" --quiet --nodb --eval '
    "$NAMES"
    quit(names.some((name) => !name.startsWith("system.")) ? 1 : 0);'
}
load() { tool mongorestore --drop --nsInclude="$database.*" --gzip --archive="$1"; }
