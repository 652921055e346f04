"""Reads the configuration from the environment and refuses to start on an incomplete one."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

PLAIN = ("ENVIRONMENT", "LOG_LEVEL", "OPENAI_BASE_URL", "CORS_ORIGINS")
SECRET = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALGORITHM",
    "ACCESS_TOKEN_EXPIRE_MINUTES",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "OPENAI_API_KEY",
)
DIGESTS = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}


class ConfigError(Exception):
    """Names variables, never their values."""


@dataclass(frozen=True)
class Config:
    environment: str
    log_level: str
    openai_base_url: str
    cors_origins: tuple[str, ...]
    secrets_set: dict[str, bool]
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    algorithm: str = field(repr=False)
    token_minutes: int = field(repr=False)


def parse_origins(text: str) -> tuple[str, ...]:
    try:
        origins = json.loads(text)
    except ValueError:
        origins = None
    if not isinstance(origins, list) or not all(isinstance(origin, str) for origin in origins):
        raise ConfigError('CORS_ORIGINS is not a JSON list of origins, such as ["https://app.example"]')
    return tuple(origins)


def load(environ: Mapping[str, str]) -> Config:
    missing = [name for name in PLAIN + SECRET if not environ.get(name)]
    if missing:
        raise ConfigError("missing environment variables: " + ", ".join(missing))
    if environ["LOG_LEVEL"].upper() not in logging.getLevelNamesMapping():
        raise ConfigError("LOG_LEVEL is not a log level, such as INFO or WARNING")
    if environ["ALGORITHM"] not in DIGESTS:
        raise ConfigError("ALGORITHM is not one of " + ", ".join(DIGESTS))
    minutes = environ["ACCESS_TOKEN_EXPIRE_MINUTES"]
    if not minutes.isdecimal() or int(minutes) == 0:
        raise ConfigError("ACCESS_TOKEN_EXPIRE_MINUTES is not a number of minutes")
    return Config(
        environment=environ["ENVIRONMENT"],
        log_level=environ["LOG_LEVEL"].upper(),
        openai_base_url=environ["OPENAI_BASE_URL"],
        cors_origins=parse_origins(environ["CORS_ORIGINS"]),
        secrets_set={name: bool(environ.get(name)) for name in SECRET},
        database_url=environ["DATABASE_URL"],
        redis_url=environ["REDIS_URL"],
        secret_key=environ["SECRET_KEY"],
        algorithm=environ["ALGORITHM"],
        token_minutes=int(minutes),
    )
