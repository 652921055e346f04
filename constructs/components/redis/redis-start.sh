umask 077
{ "$SETTINGS"
} >/tmp/redis.conf
exec "$SERVER" /tmp/redis.conf
