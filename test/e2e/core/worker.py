"""Answers notes that are questions: a worker has no port, and is seen by what it does."""

import os
import signal
import sys
import time

import psycopg2

import cache

SECONDS = 0.5
ANSWER = """
insert into notes (text)
select 'answered: ' || text from notes asked
where text like '%?' and text not like 'answered: %'
and not exists (select from notes where text = 'answered: ' || asked.text)
"""


def stop(signum: int, frame: object) -> None:
    sys.exit(0)


def main() -> None:
    signal.signal(signal.SIGTERM, stop)
    notes = cache.NotesCache(cache.connect(os.environ["REDIS_URL"]))
    while True:
        try:
            with psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=2) as conn, conn.cursor() as current:
                current.execute(ANSWER)
                answered = current.rowcount
            conn.close()
            if answered > 0:
                notes.invalidate()
        except psycopg2.Error as error:
            print(f"database: {type(error).__name__}", flush=True)
        time.sleep(SECONDS)


if __name__ == "__main__":
    main()
