set -eu
run() { "$CLIENT" --protocol=socket --user=root; }

ensure() {
  word=
  [ -z "$3" ] || word=$(head -n 1 "$3" | sed "s/\\\\/&&/g; s/'/''/g")
  pattern=$(echo "$1" | sed 's/_/\\_/g')
  {
    echo "SET SESSION sql_mode = '';"
    echo "CREATE DATABASE IF NOT EXISTS \`$1\`;"
    [ "$4" = shared ] || echo "CREATE USER IF NOT EXISTS '$2'@'%';"
    [ "$4" = shared ] || printf '%s\n' "ALTER USER '$2'@'%' IDENTIFIED BY '$word';"
    [ "$2" = root ] || printf '%s\n' "GRANT ALL ON \`$pattern\`.* TO '$2'@'%';"
  } | run
}

