"""Every setting of the server, from its environment."""

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    api_key: str
    default_user: str
    log_level: str
    max_text: int
    search_limit: int


def load(environment: Mapping[str, str] = os.environ) -> Config:
    """Ends the program with everything that is wrong, and with no value of it."""
    wrong: list[str] = []

    def text(name: str) -> str:
        value = environment.get(name, "").strip()
        if not value:
            wrong.append(f"{name} is missing")
        return value

    def number(name: str) -> int:
        value = text(name)
        if value and not (value.isdecimal() and 0 < int(value) <= 100_000):
            wrong.append(f"{name} is not a number from 1 to 100000")
            return 0
        return int(value or 0)

    def level(name: str) -> str:
        value = text(name).upper()
        if value and value not in logging.getLevelNamesMapping():
            wrong.append(f"{name} is not a log level, such as info or warning")
        return value

    config = Config(
        api_key=text("MEM0_API_KEY"),
        default_user=text("MEM0_DEFAULT_USER"),
        log_level=level("MEM0_LOG_LEVEL"),
        max_text=number("MEM0_MAX_TEXT"),
        search_limit=number("MEM0_SEARCH_LIMIT"),
    )
    if wrong:
        sys.exit("; ".join(wrong))
    return config
