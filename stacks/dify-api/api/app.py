"""An API that tells which version of it answers, until SIGTERM; then it finishes the requests in flight."""

import json
import os
import platform
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = os.environ.get("CURRENT_VERSION", "unknown")
GREETING = "Welcome to the API"


def answers() -> dict[str, dict[str, str]]:
    return {
        "/": {"message": GREETING, "environment": os.environ.get("DEPLOY_ENV", "unknown")},
        "/health": {"status": "ok", "version": VERSION},
        "/console/api/version": {"version": VERSION, "machine": platform.machine()},
    }


class Handler(BaseHTTPRequestHandler):
    server_version = "api"
    sys_version = ""
    # Bounds the wait for a silent client, and with it the wait for requests in flight at shutdown.
    timeout = 5

    def do_GET(self) -> None:
        answer = answers().get(self.path.partition("?")[0])
        body = json.dumps(answer or {"message": "Not found"}).encode()
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        print(self.address_string(), self.command, (self.path or "").partition("?")[0], flush=True)


def main() -> None:
    server = ThreadingHTTPServer(("0.0.0.0", 5001), Handler)
    server.daemon_threads = False  # closing the server joins the threads that still answer

    def stop(signum: int, frame: object) -> None:
        # shutdown() waits for serve_forever(), which runs in the thread this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever()
    server.server_close()


if __name__ == "__main__":
    main()
