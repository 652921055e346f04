"""Stores the conversations of a chatbot, and counts what it does for Prometheus."""

import logging
import os
import socket
import sys
import threading
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from server import log_to_stdout, serve
from stores import Store, StoreError, open_store

log = logging.getLogger("app")
Reply = tuple[dict[str, Any], int]
PORT = 8000
MAX_MESSAGES = 1000
ROLES = ("user", "assistant", "system")


def parse_conversation(body: object) -> tuple[str, list[dict[str, str]], datetime]:
    wrong = BadRequest('send {"user": "…", "messages": [{"role": "user", "text": "…"}], "at": "2026-01-31T12:00:00+00:00"}')
    if not isinstance(body, dict):
        raise wrong
    user, messages = body.get("user"), body.get("messages")
    if not isinstance(user, str) or not user or not isinstance(messages, list) or not 0 < len(messages) <= MAX_MESSAGES:
        raise wrong
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in ROLES or not isinstance(message.get("text"), str):
            raise wrong
    try:
        at = datetime.fromisoformat(body["at"]) if "at" in body else datetime.now(UTC)
    except (TypeError, ValueError):
        raise wrong from None
    if at.tzinfo is None:
        raise wrong
    return user, [{"role": one["role"], "text": one["text"]} for one in messages], at


class Counters:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts = {"conversations_added": 0, "store_failures": 0}

    def increment(self, name: str) -> None:
        with self.lock:
            self.counts[name] += 1

    def exposition(self) -> str:
        """@see https://prometheus.io/docs/instrumenting/exposition_formats/"""
        lines = [f"# TYPE chatbot_{name}_total counter\nchatbot_{name}_total {count}" for name, count in self.counts.items()]
        return "\n".join([*lines, ""])


def create_app(store: Store) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    counters = Counters()
    served_by = socket.gethostname()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/store")
    def health_store() -> dict[str, str]:
        store.check()
        return {"status": "ok"}

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(counters.exposition(), mimetype="text/plain; version=0.0.4")

    @app.get("/")
    @app.get("/conversations")
    def conversations() -> dict[str, Any]:
        return {"store": type(store).__name__, "count": store.count(), "conversations": store.latest(100)}

    @app.post("/conversations")
    def add() -> Reply:
        id = store.add(*parse_conversation(request.get_json(silent=True)))
        counters.increment("conversations_added")
        return {"id": id}, 201

    @app.errorhandler(StoreError)
    def store_failed(error: StoreError) -> Reply:
        counters.increment("store_failures")
        log.warning("store: %s", error)
        return {"error": "the store is not available"}, 503

    @app.errorhandler(BadRequest)
    def refused(error: BadRequest) -> Reply:
        return {"error": error.description}, 400

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers["X-Served-By"] = served_by
        return response

    return app


def main() -> None:
    log_to_stdout(os.environ.get("LOG_LEVEL", "info").upper())
    url = os.environ.get("STORE_URL", "")
    if not url:
        sys.exit("STORE_URL is missing")
    serve(create_app(open_store(url)), PORT)


if __name__ == "__main__":
    main()
