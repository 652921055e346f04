"""What is done to the store at a release and every night: prepare, check, retain."""

import os
import sys
from datetime import UTC, datetime, timedelta

from stores import Store, open_store, patiently


def retain(store: Store) -> None:
    days = int(os.environ["RETENTION_DAYS"])
    before = datetime.now(UTC) - timedelta(days=days)
    removed = store.remove_before(before)
    print(f"removed {removed} conversations from before {before:%Y-%m-%d %H:%M} UTC, kept {store.count()}")


def main() -> None:
    store = open_store(os.environ["STORE_URL"])
    commands = {
        "prepare": lambda: patiently(store.prepare),
        "check": store.check,
        "retain": lambda: retain(store),
    }
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in commands:
        sys.exit(f"one of {', '.join(commands)}")
    try:
        commands[name]()
    except Exception as error:
        # The text of an error may quote the URL, and with it the password.
        sys.exit(f"{name} failed: {type(error).__name__}")


if __name__ == "__main__":
    main()
