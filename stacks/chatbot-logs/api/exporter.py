"""Tells Prometheus how the store is, whatever kind it is of."""

import os
import sys
import time

from flask import Flask, Response

from server import log_to_stdout, serve
from stores import Store, StoreError, open_store

PORT = 9100


def exposition(store: Store) -> str:
    """@see https://prometheus.io/docs/instrumenting/exposition_formats/"""
    start = time.monotonic()
    try:
        lines = ["# TYPE chatbot_conversations gauge", f"chatbot_conversations {store.count()}"]
        up = 1
    except StoreError:
        lines, up = [], 0
    seconds = time.monotonic() - start
    return "\n".join(
        [
            *lines,
            "# TYPE chatbot_store_up gauge",
            f"chatbot_store_up {up}",
            "# TYPE chatbot_store_answer_seconds gauge",
            f"chatbot_store_answer_seconds {seconds:.6f}",
            "",
        ]
    )


def create_app(store: Store) -> Flask:
    app = Flask(__name__)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(exposition(store), mimetype="text/plain; version=0.0.4")

    return app


def main() -> None:
    log_to_stdout(os.environ.get("LOG_LEVEL", "info").upper())
    url = os.environ.get("STORE_URL", "")
    if not url:
        sys.exit("STORE_URL is missing")
    serve(create_app(open_store(url)), PORT)


if __name__ == "__main__":
    main()
