"""Says hello, and which release and which replica does."""

import json
import os
import signal
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8080


class Hello(BaseHTTPRequestHandler):
    # Bounds the wait for a silent client, and with it the wait for requests in flight at shutdown.
    timeout = 5
    message = "Hello World"
    release = ""
    replica = socket.gethostname()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in ("/", "/hello-world"):
            self.answer(200, {"message": self.message, "release": self.release, "replica": self.replica})
        elif path == "/health":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "there is nothing here"})

    def answer(self, status: int, body: dict[str, str]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def version_string(self) -> str:
        return "hello-world"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if self.path != "/health":
            print(f"{self.address_string()} {self.requestline!r} {code}")


class Server(ThreadingHTTPServer):
    daemon_threads = False  # closing the server joins the threads that still answer
    request_queue_size = 128


def main() -> None:
    Hello.release = os.environ.get("RELEASE", "")
    if not Hello.release:
        sys.exit("missing environment variable: RELEASE")
    server = Server(("0.0.0.0", PORT), Hello)

    def stop(signum: int, frame: object) -> None:
        # shutdown() waits for serve_forever(), which runs in the thread this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"release {Hello.release} listens on port {PORT}")
    server.serve_forever()
    server.server_close()
    print("stopped")


if __name__ == "__main__":
    main()
