fail() { echo "backup: $*" >&2; exit 1; }

newest_first() {
  for path in "$folder"/[0-9]*T[0-9]*Z."$extension"; do [ ! -f "$path" ] || basename "$path"; done | sort -r
}

backup() {
  find "$folder" -name '*.part' -mmin +1440 -exec rm -f {} +
  while name=$(date -u +%Y%m%dT%H%M%SZ).$extension && [ -e "$folder/$name" ]; do sleep 1; done
  part=$folder/$name.part
  trap 'rm -f "$part"' EXIT
  trap 'exit 143' TERM INT
  dump "$part" || fail "the data could not be written to $name"
  [ -s "$part" ] && verify "$part" || fail "$name is not whole"
  mv "$part" "$folder/$name"
  newest_first | tail -n +$((keep + 1)) | while read -r old; do rm -f "$folder/$old"; done
  echo "backup: $name has $(wc -c <"$folder/$name") bytes; $(newest_first | wc -l) of at most $keep are kept"
}

restore() {
  name=$1
  shift
  [ "$name" != latest ] || name=$(newest_first | head -n 1)
  [ -n "$name" ] || fail 'there is none'
  newest_first | grep -qxF -- "$name" || fail "there is no $name; there are: $(newest_first | tr '\n' ' ')"
  verify "$folder/$name" || fail "$name is not whole"
  [ "$*" = --overwrite ] || is_empty || fail 'there are data: to replace them by those of the backup, say --yes'
  load "$folder/$name" || fail "$name could not be restored"
  echo "restored: $name"
}

case "$*" in
  backup) backup ;;
  list) newest_first ;;
  'restore '*) shift; restore "$@" ;;
  *) fail 'write backup, list, or restore <file|latest> [--overwrite]' ;;
esac
