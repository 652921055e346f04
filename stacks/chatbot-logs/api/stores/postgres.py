"""Conversations as rows of PostgreSQL."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg2

from . import Conversation, StoreError


class PostgresStore:
    def __init__(self, url: str) -> None:
        self.url = url

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        try:
            connection = psycopg2.connect(self.url, connect_timeout=3)
            try:
                with connection, connection.cursor() as cursor:
                    yield cursor
            finally:
                connection.close()
        except psycopg2.Error as error:
            raise StoreError(type(error).__name__) from error

    def prepare(self) -> None:
        with self.transaction() as cursor:
            cursor.execute("select pg_advisory_xact_lock(1)")
            cursor.execute(
                "create table if not exists conversations ("
                "id bigint generated always as identity primary key, "
                "username text not null, messages jsonb not null, at timestamptz not null)"
            )
            cursor.execute("create index if not exists conversations_at on conversations (at)")

    def check(self) -> None:
        with self.transaction() as cursor:
            cursor.execute("select 1 from conversations limit 1")

    def add(self, user: str, messages: list[dict[str, str]], at: datetime) -> str:
        with self.transaction() as cursor:
            cursor.execute(
                "insert into conversations (username, messages, at) values (%s, %s, %s) returning id",
                (user, json.dumps(messages), at),
            )
            return str(cursor.fetchone()[0])

    def latest(self, limit: int) -> list[Conversation]:
        with self.transaction() as cursor:
            cursor.execute(
                "select id, username, messages, at from conversations order by at desc, id desc limit %s", (limit,)
            )
            return [
                {"id": str(id), "user": user, "messages": messages, "at": at.isoformat()}
                for id, user, messages, at in cursor.fetchall()
            ]

    def count(self) -> int:
        with self.transaction() as cursor:
            cursor.execute("select count(*) from conversations")
            return cursor.fetchone()[0]

    def remove_before(self, at: datetime) -> int:
        with self.transaction() as cursor:
            cursor.execute("delete from conversations where at < %s", (at,))
            return cursor.rowcount
