umask 077
{ echo "requirepass $(cat /run/secrets/cache/password)"
  echo "bind * -::*"
  echo 'save ""'
  echo "maxmemory $MAXMEMORY"
  echo "maxmemory-policy allkeys-lru"
} >/tmp/redis.conf
exec redis-server /tmp/redis.conf
