"""The list of notes in Redis. A cache that fails is a cache miss."""

import logging

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger("cache")
VERSION = "notes:version"
SECONDS = 30


def connect(url: str) -> Redis:
    return Redis.from_url(
        url, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 0), decode_responses=True
    )


class NotesCache:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def read(self) -> tuple[str | None, str | None]:
        """The key to store a fresh list under (None without Redis) and the cached list (None on a miss).

        The key carries a version, so a list read before a write is never stored as the list after it.
        """
        try:
            key = f"notes:list:{self._redis.get(VERSION) or 0}"
            return key, self._redis.get(key)
        except RedisError as error:
            log.warning("cannot read: %s", type(error).__name__)
            return None, None

    def store(self, key: str, notes: str) -> None:
        try:
            self._redis.set(key, notes, ex=SECONDS)
        except RedisError as error:
            log.warning("cannot store: %s", type(error).__name__)

    def invalidate(self) -> None:
        try:
            self._redis.incr(VERSION)
        except RedisError as error:
            log.warning("cannot invalidate: %s", type(error).__name__)
