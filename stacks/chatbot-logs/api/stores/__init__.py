"""Keeps conversations in the store that a URL leads to, of one of three kinds."""

import time
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

Conversation = dict[str, Any]


class StoreError(Exception):
    """The store cannot be reached, or refuses."""


class Store(Protocol):
    def prepare(self) -> None:
        """Makes what conversations are kept in; doing it again changes nothing."""

    def check(self) -> None:
        """Fails where `prepare` has not been done, or the store is away."""

    def add(self, user: str, messages: list[dict[str, str]], at: datetime) -> str: ...

    def latest(self, limit: int) -> list[Conversation]: ...

    def count(self) -> int: ...

    def remove_before(self, at: datetime) -> int:
        """Removes what was said before a moment; returns how much."""


def open_store(url: str) -> Store:
    scheme = urlsplit(url).scheme
    # Each kind brings a library of its own, which the others do without.
    if scheme in ("postgresql", "postgres"):
        from .postgres import PostgresStore

        return PostgresStore(url)
    if scheme in ("mongodb", "mongodb+srv"):
        from .mongo import MongoStore

        return MongoStore(url)
    if scheme in ("http", "https"):
        from .elasticsearch import ElasticsearchStore

        return ElasticsearchStore(url)
    raise ValueError(f"STORE_URL: no store of the kind {scheme!r}")


def patiently(action, seconds: float = 30) -> None:
    """Does something again until it succeeds, as a store that answers may not take everything yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            return action()
        except StoreError:
            if time.monotonic() > end:
                raise
            time.sleep(1)
