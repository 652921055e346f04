sleep "$1"
kill -s "$2" 1
while kill -0 1 2>/dev/null; do
  sleep 0.2 || sleep 1
done
