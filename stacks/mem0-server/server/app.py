"""Remembers texts about users, for those who show its key."""

import hmac
import json
import logging
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import config
from store import Store

PORT = 25045
DATABASE = Path("/data/memories.db")
LARGEST_BODY = 1024 * 1024
log = logging.getLogger("mem0")


class Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Api(BaseHTTPRequestHandler):
    # Bounds the wait for a silent client, and with it the wait for requests in flight at shutdown.
    timeout = 5
    settings: config.Config
    store: Store

    def do_GET(self) -> None:
        self.respond(self.get)

    def do_POST(self) -> None:
        self.respond(self.post)

    def respond(self, handle: Any) -> None:
        try:
            status, body = handle(urlsplit(self.path))
        except Refused as refused:
            status, body = refused.status, {"error": str(refused)}
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def get(self, url: Any) -> tuple[int, Any]:
        if url.path == "/health":
            return 200, {"status": "ok"}
        self.authorize()
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        user = query.get("user", self.settings.default_user)
        match url.path:
            case "/config":
                return 200, self.visible_settings()
            case "/memories":
                return 200, self.store.all(user)
            case "/search":
                return 200, self.store.search(user, query.get("q", ""), self.settings.search_limit)
            case _:
                raise Refused(404, "there is nothing here")

    def post(self, url: Any) -> tuple[int, Any]:
        self.authorize()
        if url.path != "/memories":
            raise Refused(404, "there is nothing here")
        body = self.body()
        text, user = body.get("text"), body.get("user", self.settings.default_user)
        longest = self.settings.max_text
        if not isinstance(text, str) or not text.strip() or len(text) > longest:
            raise Refused(400, f'send a JSON object with "text", a text of 1 to {longest} characters')
        if not isinstance(user, str) or not user:
            raise Refused(400, '"user" is not a name')
        return 201, {"id": self.store.add(user, text), "user": user, "text": text}

    def authorize(self) -> None:
        shown = self.headers.get("X-API-Key", "")
        if not hmac.compare_digest(shown.encode(), self.settings.api_key.encode()):
            raise Refused(401, "show the key in X-API-Key")

    def body(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            raise Refused(413, "too large")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Refused(400, "send a JSON object")
        return body

    def visible_settings(self) -> dict[str, str | int]:
        settings = self.settings
        return {
            "MEM0_DEFAULT_USER": settings.default_user,
            "MEM0_LOG_LEVEL": settings.log_level,
            "MEM0_MAX_TEXT": settings.max_text,
            "MEM0_SEARCH_LIMIT": settings.search_limit,
        }

    def version_string(self) -> str:
        return "mem0"

    def log_message(self, format: str, *args: object) -> None:
        # The path alone: a query may hold what somebody asks about a user.
        if not self.path.startswith("/health"):
            log.info("%s %s %s", self.address_string(), self.command, self.path.partition("?")[0])


class Server(ThreadingHTTPServer):
    daemon_threads = False  # closing the server joins the threads that still answer
    request_queue_size = 128


def main() -> None:
    Api.settings = config.load()
    logging.basicConfig(stream=sys.stdout, level=Api.settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    Api.store = Store(DATABASE)
    server = Server(("0.0.0.0", PORT), Api)

    def stop(signum: int, frame: object) -> None:
        # shutdown() waits for serve_forever(), which runs in the thread this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("listening on port %d", PORT)
    server.serve_forever()
    server.server_close()
    Api.store.close()
    log.info("stopped")


if __name__ == "__main__":
    main()
