"""Knows topics, and has texts about them written, with a key that never leaves it but for the writer."""

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from writer import Writer, WriterError

PORT = 8000
TOPICS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("topics.json").read_text())


class Api(BaseHTTPRequestHandler):
    # Bounds the wait for a silent client, and with it the wait for requests in flight at shutdown.
    timeout = 5
    writer: Writer

    def do_GET(self) -> None:
        match self.path.partition("?")[0].split("/")[1:]:
            case ["health"]:
                self.answer(200, {"status": "ok"})
            case ["topics"]:
                self.answer(200, [{"name": name, **topic} for name, topic in TOPICS.items()])
            case ["topics", name, "text"] if name in TOPICS:
                self.answer_text(TOPICS[name]["title"])
            case _:
                self.answer(404, {"error": "there is nothing here"})

    def answer_text(self, title: str) -> None:
        try:
            self.answer(200, {"title": title, "text": self.writer.write(title)})
        except WriterError as error:
            print(f"the writer failed: {error}")
            self.answer(502, {"error": "the writer is not available"})

    def answer(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def version_string(self) -> str:
        return "backend"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if self.path != "/health":
            print(f"{self.address_string()} {self.requestline!r} {code}")


class Server(ThreadingHTTPServer):
    daemon_threads = False  # closing the server joins the threads that still answer
    request_queue_size = 128


def setting(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"missing environment variable: {name}")
    return value


def secret(name: str) -> str:
    return Path(setting(f"{name}_FILE")).read_text().strip()


def main() -> None:
    Api.writer = Writer(setting("OPENAI_BASE_URL"), setting("OPENAI_MODEL"), secret("OPENAI_API_KEY"))
    server = Server(("0.0.0.0", PORT), Api)

    def stop(signum: int, frame: object) -> None:
        # shutdown() waits for serve_forever(), which runs in the thread this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"listening on port {PORT}")
    server.serve_forever()
    server.server_close()
    print("stopped")


if __name__ == "__main__":
    main()
