#!/usr/bin/env bash
# The contract of the official images: MYSQL_* or MARIADB_* variables, their _FILE forms, a server that is
# started without a network until its database and user are there, and scripts that run at the first start.
set -euo pipefail
setting() {
  local name value=''
  for name in "MARIADB_$1" "MYSQL_$1"; do
    local file="${name}_FILE"
    if [ -n "${!file:-}" ]; then value=$(cat "${!file}"); fi
    if [ -n "${!name:-}" ]; then value=${!name}; fi
    unset "$name" "$file"
  done
  printf -v "$1" %s "$value"
}
quoted() { printf %s "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g"; }

[ "${1#-}" = "$1" ] || set -- mysqld "$@"
case "$1" in mysqld | mariadbd) ;; *) exec "$@" ;; esac
if [ "$(id -u)" = 0 ]; then
  chown -R mysql:mysql /var/lib/mysql /run/mysqld
  exec gosu mysql "$0" "$@"
fi
datadir=/var/lib/mysql
for argument in "$@"; do
  case "$argument" in --datadir=*) datadir=${argument#--datadir=} ;; esac
done
for name in ROOT_PASSWORD ROOT_HOST DATABASE USER PASSWORD ALLOW_EMPTY_PASSWORD ALLOW_EMPTY_ROOT_PASSWORD; do
  setting "$name"
done
empty_root=$ALLOW_EMPTY_PASSWORD$ALLOW_EMPTY_ROOT_PASSWORD
mkdir -p "$datadir"
if [ ! -d "$datadir/mysql" ]; then
  [ "$USER" != root ] || { echo 'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user' >&2; exit 1; }
  [ -n "$ROOT_PASSWORD$empty_root" ] || { echo 'Database is uninitialized and password option is not specified' >&2; exit 1; }
  mariadb-install-db --datadir="$datadir" --auth-root-authentication-method=normal --skip-test-db >/dev/null
  "$@" --skip-networking &
  server=$!
  until mysqladmin --user=root --silent ping; do sleep 0.2; done
  {
    echo "SET @@SESSION.SQL_LOG_BIN=0;"
    [ "${ROOT_HOST:-%}" = localhost ] ||
      echo "CREATE USER root@'${ROOT_HOST:-%}' IDENTIFIED BY '$(quoted "$ROOT_PASSWORD")'; GRANT ALL ON *.* TO root@'${ROOT_HOST:-%}' WITH GRANT OPTION;"
    [ -z "$DATABASE" ] || echo "CREATE DATABASE IF NOT EXISTS \`$DATABASE\`;"
    [ -z "$USER" ] || [ -z "$PASSWORD" ] || echo "CREATE USER '$USER'@'%' IDENTIFIED BY '$(quoted "$PASSWORD")';"
    [ -z "$USER" ] || [ -z "$PASSWORD" ] || [ -z "$DATABASE" ] || echo "GRANT ALL ON \`${DATABASE//_/\\_}\`.* TO '$USER'@'%';"
    echo "ALTER USER root@localhost IDENTIFIED BY '$(quoted "$ROOT_PASSWORD")';"
  } | mysql --user=root
  run() { MYSQL_PWD=$ROOT_PASSWORD mysql --user=root ${DATABASE:+"$DATABASE"}; }
  for script in /docker-entrypoint-initdb.d/*; do
    case "$script" in
      *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
      *.sql) run <"$script" ;;
    esac
  done
  kill "$server"
  wait "$server"
  echo 'MySQL init process done. Ready for start up.'
fi
exec "$@"
