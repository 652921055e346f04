"""Keeps notes in PostgreSQL, cached in Redis."""

import json
import logging
import os
import socket
import sys
from typing import Any

import psycopg2
import werkzeug
from flask import Flask, Response, request
from redis import Redis, RedisError
from werkzeug.exceptions import BadRequest, HTTPException

import cache
import config
import migrate
import tokens
from database import Pool
from server import log_to_stdout, serve

log = logging.getLogger("app")
Reply = tuple[dict[str, Any], int]
PORT = 8000
MAX_TEXT = 10_000


def own_name() -> str:
    hostname = socket.gethostname()
    try:
        return f"{hostname}/{socket.gethostbyname(hostname)}"
    except OSError:
        return hostname


def parse_text(body: object) -> str:
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
        raise BadRequest(f'send a JSON object with "text", a text of 1 to {MAX_TEXT} characters')
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadRequest('"text" is not valid Unicode') from None
    if "\0" in text:
        raise BadRequest('"text" has a NUL character, which PostgreSQL cannot store')
    return text


def create_app(settings: config.Config, pool: Pool, redis: Redis) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    notes_cache = cache.NotesCache(redis)
    served_by = own_name()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/db")
    def health_dependencies() -> Reply:
        failed = {}
        try:
            with pool.transaction() as current:
                if todo := migrate.pending(current):
                    failed["postgresql"] = "pending migrations: " + ", ".join(todo)
        except psycopg2.Error as error:
            failed["postgresql"] = type(error).__name__
        try:
            redis.ping()
        except RedisError as error:
            failed["redis"] = type(error).__name__
        return ({"status": "failed", "failed": failed}, 503) if failed else ({"status": "ok"}, 200)

    @app.get("/config")
    def show_config() -> dict[str, Any]:
        return {
            "ENVIRONMENT": settings.environment,
            "LOG_LEVEL": settings.log_level,
            "OPENAI_BASE_URL": settings.openai_base_url,
            "CORS_ORIGINS": settings.cors_origins,
            "set": settings.secrets_set,
        }

    @app.get("/notes")
    def list_notes() -> Response:
        key, cached = notes_cache.read()
        notes = cached
        if notes is None:
            with pool.transaction() as current:
                current.execute("select id, text, created_at from notes order by id desc limit 1000")
                rows = current.fetchall()
            notes = json.dumps([{"id": id, "text": text, "created_at": at.isoformat()} for id, text, at in rows])
            if key is not None:
                notes_cache.store(key, notes)
        headers = {"X-Cache": "miss" if cached is None else "hit"}
        return Response(notes, mimetype="application/json", headers=headers)

    @app.post("/notes")
    def add_note() -> Reply:
        text = parse_text(request.get_json(silent=True))
        with pool.transaction() as current:
            current.execute("insert into notes (text) values (%s) returning id, created_at", (text,))
            id, at = current.fetchone()
        notes_cache.invalidate()
        return {"id": id, "text": text, "created_at": at.isoformat()}, 201

    @app.post("/token")
    def issue_token() -> dict[str, Any]:
        return tokens.issue("guest", settings.token_minutes, settings.algorithm, settings.secret_key)

    @app.errorhandler(psycopg2.Error)
    def database_failed(error: psycopg2.Error) -> Reply:
        log.warning("database: %s %s", type(error).__name__, error.pgcode or "")
        return {"error": "the database is not available"}, 503

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> werkzeug.Response:
        response = error.get_response()
        response.data = json.dumps({"error": error.description})
        response.content_type = "application/json"
        return response

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers["X-Served-By"] = served_by
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin and not {origin, "*"}.isdisjoint(settings.cors_origins):
            response.access_control_allow_origin = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization"
        return response

    return app


def main() -> None:
    try:
        settings = config.load(os.environ)
        redis = cache.connect(settings.redis_url)
    except config.ConfigError as error:
        sys.exit(str(error))
    except ValueError:
        sys.exit("REDIS_URL is not a Redis URL")
    log_to_stdout(settings.log_level)
    serve(create_app(settings, Pool(settings.database_url), redis), PORT)


if __name__ == "__main__":
    main()
