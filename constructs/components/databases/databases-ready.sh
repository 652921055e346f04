"$@" || exit 1
[ -e /tmp/databases-are-there ] || { sh "$SCRIPT" && : >/tmp/databases-are-there; }
