"""Numbers in PostgreSQL, and what can go wrong with a replica on request."""

import os
import signal
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import psycopg2


def database(statement: str, *values: object) -> list[tuple]:
    connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=2, tcp_user_timeout=5_000)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def fill(path: str, mebibytes: int) -> None:
    with open(path, "wb", buffering=0) as file:
        for _ in range(mebibytes):
            file.write(b"x" * 1024 * 1024)


class Handler(BaseHTTPRequestHandler):
    # Bounds the wait for a silent client, and with it the wait for requests in flight at shutdown.
    timeout = 5

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        try:
            status, text = self.respond(url.path, asked)
        except (psycopg2.Error, OSError) as error:
            status, text = 500, str(error).strip()
        if url.path == "/health" and status != 200:
            print(f"not ready: {text}", flush=True)
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def respond(self, path: str, asked: dict[str, str]) -> tuple[int, str]:
        if path == "/":
            return 200, f"{os.environ['RELEASE']} {socket.gethostname()}"
        if path == "/health":
            # What follows "ready" is why it is not.
            return (200, "ok") if os.environ["STATE"] == "ready" else (503, os.environ["STATE"])
        if path == "/write":
            # Random, so that it takes its size on the disk, a kibibyte each.
            database(
                "insert into entries select %s, string_agg(md5(random()::text), '') from generate_series(1, 32 * %s)",
                int(asked["number"]),
                int(asked["kibibytes"]),
            )
            return 200, "written"
        if path == "/read":
            return 200, " ".join(str(number) for (number,) in database("select number from entries order by 1"))
        if path == "/new-log":
            # What is written next has a file of the log of its own, and nothing is tidied up meanwhile.
            database("select pg_switch_wal()")
            database("checkpoint")
            return 200, "switched"
        if path == "/eat-memory":
            eaten = []
            while True:
                eaten.append(bytearray(1024 * 1024) + b"x")
        if path == "/fill-scratch":
            fill("/tmp/full", 32)
            return 200, "filled"
        return 404, "there is nothing here"

    def log_message(self, text: str, *values: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False  # closing the server joins the threads that still answer
    request_queue_size = 128


def main() -> None:
    server = Server(("0.0.0.0", 8000), Handler)
    # shutdown() waits for serve_forever(), which runs in the thread that the handler interrupts.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"release {os.environ['RELEASE']} listens", flush=True)
    server.serve_forever()
    server.server_close()


main()
