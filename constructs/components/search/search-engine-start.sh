mkdir -p /tmp/config && cp -R /usr/share/elasticsearch/config/. /tmp/config &&
  "$STEPS"
  exec /usr/local/bin/docker-entrypoint.sh eswrapper
