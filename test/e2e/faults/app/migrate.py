"""Makes the schema: `migrate.py up STATEMENT`; `migrate.py check` exits with 0 once it is there."""

import os
import sys

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=2)
with connection, connection.cursor() as cursor:
    if sys.argv[1] == "up":
        print("the schema is changed", flush=True)
        cursor.execute("create table if not exists entries (number bigint, content text)")
        cursor.execute(sys.argv[2])
    else:
        cursor.execute("select count(*) from entries")
