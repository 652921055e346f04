"""Keeps memories in SQLite, and finds them by their words."""

import re
import sqlite3
import threading
from pathlib import Path

SCHEMA = """
create table if not exists memories (id integer primary key, user text not null, text text not null);
create index if not exists memories_of_user on memories (user);
"""


class Store:
    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False)
        self._database.executescript(SCHEMA)

    def add(self, user: str, text: str) -> int:
        with self._lock, self._database:
            cursor = self._database.execute("insert into memories (user, text) values (?, ?)", (user, text))
            return int(cursor.lastrowid or 0)

    def all(self, user: str) -> list[str]:
        with self._lock:
            found = self._database.execute("select text from memories where user = ? order by id", (user,))
            return [text for (text,) in found]

    def search(self, user: str, query: str, limit: int) -> list[str]:
        """The memories that share the most words with the query, the best first."""
        wanted = words(query)
        ranked = sorted(self.all(user), key=lambda text: -len(wanted & words(text)))
        return [text for text in ranked if wanted & words(text)][:limit]

    def close(self) -> None:
        with self._lock:
            self._database.close()


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
