mkdir -p /tmp/config && cp -R /usr/share/elasticsearch/config/. /tmp/config &&
  export ELASTIC_PASSWORD="$(cat /run/secrets/search/password)" &&
  exec /usr/local/bin/docker-entrypoint.sh eswrapper
