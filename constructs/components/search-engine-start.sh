mkdir -p /tmp/config && cp -R /usr/share/elasticsearch/config/. /tmp/config &&
  ELASTIC_PASSWORD="$(cat /run/secrets/search/password)" && export ELASTIC_PASSWORD &&
  exec /usr/local/bin/docker-entrypoint.sh eswrapper
