set -eu; umask 077
while [ $# -gt 0 ]; do
  hash=$(openssl passwd -apr1 -stdin < "$2")
  test -n "$hash"
  printf "%s:%s\n" "$1" "$hash" > "$3"
  shift 3
done
exec nginx -g "daemon off;"
