#!/usr/bin/env bash
# As strict as the official one: never root, a password's file of mode 400 or 600, a keystore that is written
# to the folder of the configuration.
set -euo pipefail
[ "$1" = eswrapper ] || exec "$@"
[ "$(id -u)" != 0 ] || { echo 'java.lang.RuntimeException: can not run elasticsearch as root' >&2; exit 1; }
if [ -n "${ELASTIC_PASSWORD_FILE:-}" ]; then
  case "$(stat -L -c %a "$ELASTIC_PASSWORD_FILE")" in
    400 | 600) ELASTIC_PASSWORD=$(cat "$ELASTIC_PASSWORD_FILE") ;;
    *) echo "ERROR: File $ELASTIC_PASSWORD_FILE from ELASTIC_PASSWORD_FILE must have file permissions 400 or 600" >&2; exit 1 ;;
  esac
fi
export ES_PATH_CONF=${ES_PATH_CONF:-/usr/share/elasticsearch/config}
[ -f "$ES_PATH_CONF/elasticsearch.yml" ] || { echo "missing $ES_PATH_CONF/elasticsearch.yml" >&2; exit 1; }
printf %s "${ELASTIC_PASSWORD:-changeme}" >"$ES_PATH_CONF/elasticsearch.keystore"
unset ELASTIC_PASSWORD
exec python3 /usr/share/elasticsearch/bin/server.py
