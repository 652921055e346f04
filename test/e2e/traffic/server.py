"""Takes and sends what a proxy could get wrong: large bodies and headers, events one after the other, redirects."""

import base64
import hashlib
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
MEBIBYTE = b"x" * 1024**2


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            return self.echo_frame()
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        taken = self.take()
        if "download" in asked:
            return self.download(int(asked["download"]))
        if "events" in asked:
            return self.events()
        if "move" in asked:
            return self.send(b"", 302, {"Location": asked["move"]})
        seen = {"path": self.path, "taken": taken, "headers": {n.lower(): v for n, v in self.headers.items()}}
        self.send(json.dumps(seen).encode(), 200, {"X-Large": "x" * int(asked.get("header", 0))})

    def take(self):
        left, taken = int(self.headers.get("Content-Length", 0)), 0
        while taken < left:
            taken += len(self.rfile.read(min(left - taken, 1024**2)))
        return taken

    def download(self, mebibytes):
        self.head(200, {"Content-Length": str(mebibytes * 1024**2)})
        for _ in range(mebibytes):
            self.wfile.write(MEBIBYTE)

    def events(self):
        self.head(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        for text in ("first", "second"):
            self.wfile.write(f"data: {text}\n\n".encode())
            self.wfile.flush()
            time.sleep(3)
        self.close_connection = True

    def send(self, body, status, headers):
        self.head(status, {**headers, "Content-Length": str(len(body))})
        self.wfile.write(body)

    def head(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def echo_frame(self):
        digest = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + MAGIC).encode()).digest()
        accept = base64.b64encode(digest).decode()
        self.head(101, {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept})
        head, mask = self.rfile.read(2), self.rfile.read(4)
        data = self.rfile.read(head[1] & 0x7F)
        text = bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))
        self.wfile.write(bytes([0x81, len(text)]) + text)
        self.close_connection = True

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("", 8000), Server).serve_forever()
