"$KEY"
{ until "$SHELL" --quiet --nodb --eval '"$INITIATE"' >/dev/null 2>&1; do sleep 1; done
  echo "the replica set $NAME has its member $MEMBER"
} &
exec docker-entrypoint.sh mongod --replSet "$NAME" "$OPTIONS" "$@"
