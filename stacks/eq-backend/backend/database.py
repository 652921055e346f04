"""A small PostgreSQL connection pool that survives a restart of the server."""

import select
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, connection, cursor, set_wait_callback

SECONDS = 2


def wait_for_answer(conn: connection) -> None:
    """Gives up on a server that accepts packets but does not answer, which libpq alone never does."""
    deadline = time.monotonic() + SECONDS
    while (state := conn.poll()) != POLL_OK:
        reading, writing = ([conn], []) if state == POLL_READ else ([], [conn])
        left = max(0.0, deadline - time.monotonic())
        if not any(select.select(reading, writing, [], left)):
            raise psycopg2.OperationalError("PostgreSQL did not answer in time")


class Pool:
    def __init__(self, url: str, size: int = 8) -> None:
        set_wait_callback(wait_for_answer)
        self._url = url
        self._slots = threading.BoundedSemaphore(size)
        self._idle: deque[connection] = deque()

    @contextmanager
    def transaction(self) -> Iterator[cursor]:
        if not self._slots.acquire(timeout=SECONDS):
            raise psycopg2.OperationalError("every connection is busy")
        try:
            conn = self._take()
            try:
                with conn, conn.cursor() as current:
                    yield current
            finally:
                if not conn.closed:
                    self._idle.append(conn)
        finally:
            self._slots.release()

    def _take(self) -> connection:
        try:
            conn = self._idle.pop()
        except IndexError:
            return self._connect()
        try:
            with conn, conn.cursor() as probe:
                probe.execute("select 1")
            return conn
        except psycopg2.Error:
            # What broke one idle connection, such as a restart, broke the others.
            self._idle.clear()
            return self._connect()

    def _connect(self) -> connection:
        return psycopg2.connect(self._url, application_name="eq-backend")
