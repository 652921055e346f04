set -eu
export PGUSER="$OWNER" PGDATABASE="$MAIN"
run() { psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 "$@"; }

run --set=database="$MAIN" <<'SQL'
REVOKE CONNECT ON DATABASE :"database" FROM PUBLIC;
SQL

ensure() {
  run --set=database="$1" --set=username="$2" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'username')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'username') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'username')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE CONNECT ON DATABASE :"database" FROM PUBLIC;
SQL
  [ -n "$3" ] || return 0
  FILE=$3 run --set=username="$2" <<'SQL'
SET log_statement = 'none';
SET log_min_duration_statement = -1;
\set word `head -n 1 "$FILE"`
ALTER ROLE :"username" PASSWORD :'word';
SQL
}

