"""Applies the schema migrations in migrations/NNN_*.sql.

Usage: migrate.py upgrade   apply the pending migrations, in order
       migrate.py current   exit 0 if every migration is applied, 1 otherwise
"""

import os
import sys
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection, cursor

DIRECTORY = Path(__file__).parent / "migrations"
LOCK = 4_726_001  # any number that every run of this program agrees on


def migrations() -> dict[str, Path]:
    return {path.name[:3]: path for path in sorted(DIRECTORY.glob("[0-9][0-9][0-9]_*.sql"))}


def pending(current: cursor) -> list[str]:
    current.execute("select to_regclass('schema_migrations') is not null")
    applied: set[str] = set()
    if current.fetchone()[0]:
        current.execute("select version from schema_migrations")
        applied = {version for (version,) in current.fetchall()}
    return [version for version in migrations() if version not in applied]


def upgrade(conn: connection) -> None:
    files = migrations()
    with conn, conn.cursor() as current:
        current.execute("set lock_timeout = '60s'")
    with conn, conn.cursor() as current:
        # Held by the session, so across the transactions below, until the connection closes.
        current.execute("select pg_advisory_lock(%s)", (LOCK,))
    with conn, conn.cursor() as current:
        current.execute(
            "create table if not exists schema_migrations"
            " (version text primary key, applied_at timestamptz not null default now())"
        )
        todo = pending(current)
    for version in todo:
        with conn, conn.cursor() as current:
            current.execute(files[version].read_text())
            current.execute("insert into schema_migrations (version) values (%s)", (version,))
        print(f"applied {files[version].name}")
    if not todo:
        print("nothing to apply")


def check(conn: connection) -> None:
    with conn, conn.cursor() as current:
        todo = pending(current)
    if todo:
        sys.exit("pending migrations: " + ", ".join(todo))
    print("every migration is applied")


def main() -> None:
    command = {"upgrade": upgrade, "current": check}.get(" ".join(sys.argv[1:]))
    if command is None:
        sys.exit(__doc__)
    url = os.environ.get("DATABASE_URL")
    if not url:
        sys.exit("missing environment variable: DATABASE_URL")
    try:
        conn = psycopg2.connect(url, connect_timeout=2, tcp_user_timeout=10_000, application_name="migrate")
    except psycopg2.Error:
        # The error's own text may quote the URL and the password in it.
        sys.exit("cannot connect to the database in DATABASE_URL")
    try:
        command(conn)
    except psycopg2.Error as error:
        sys.exit(f"migration failed: {type(error).__name__}: {error.diag.message_primary or 'connection lost'}")
    finally:
        conn.close()


if __name__ == "__main__":
    main()
