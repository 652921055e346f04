"""The part of Grafana that our tests ask for, under its paths: health, login, data sources, dashboards, queries."""

import glob
import http.cookies
import json
import os
import re
import secrets
import signal
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROVISIONING = "/etc/grafana/provisioning"
PREFIX = re.sub(r"^[a-z%()]+://[^/]*", "", os.environ.get("GF_SERVER_ROOT_URL", "")).rstrip("/")
SESSIONS: set[str] = set()


def password() -> str:
    file = os.environ.get("GF_SECURITY_ADMIN_PASSWORD__FILE")
    if file:
        with open(file) as opened:
            return opened.read().strip()
    return os.environ.get("GF_SECURITY_ADMIN_PASSWORD", "admin")


def field(text: str, name: str) -> str:
    found = re.search(rf"^\s*(?:- )?{name}: (\S+)$", text, re.MULTILINE)
    return found.group(1) if found else ""


def data_sources() -> list[dict[str, str]]:
    texts = [open(path).read() for path in sorted(glob.glob(f"{PROVISIONING}/datasources/*.yaml"))]
    return [{name: field(text, name) for name in ("name", "uid", "type", "url")} for text in texts]


def dashboards() -> list[dict[str, str]]:
    folders = [field(open(path).read(), "path") for path in glob.glob(f"{PROVISIONING}/dashboards/*.yaml")]
    found = [json.load(open(path)) for folder in folders for path in sorted(glob.glob(f"{folder}/*.json"))]
    return [{"uid": one["uid"], "title": one["title"]} for one in found]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.removeprefix(PREFIX)
        if path == "/api/health":
            return self.answer(200, {"database": "ok", "version": "stand-in"})
        if path in ("", "/", "/login"):
            return self.answer(200, {"title": "Grafana"})
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get("grafana_session")
        if cookie is None or cookie.value not in SESSIONS:
            return self.answer(401, {"message": "Unauthorized"})
        if path == "/api/datasources":
            return self.answer(200, data_sources())
        if path == "/api/search":
            return self.answer(200, dashboards())
        proxied = re.fullmatch(r"/api/datasources/proxy/uid/([^/]+)(/.*)", path)
        source = next((one for one in data_sources() if proxied and one["uid"] == proxied.group(1)), None)
        if not proxied or source is None:
            return self.answer(404, {"message": "Not found"})
        try:
            with urllib.request.urlopen(source["url"] + proxied.group(2), timeout=5) as response:
                self.answer(response.status, json.load(response))
        except urllib.error.URLError as error:
            self.answer(502, {"message": str(error)})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        if self.path.removeprefix(PREFIX) != "/login":
            return self.answer(404, {"message": "Not found"})
        if body.get("user") != "admin" or body.get("password") != password():
            return self.answer(401, {"message": "Invalid username or password"})
        session = secrets.token_hex(16)
        SESSIONS.add(session)
        self.answer(200, {"message": "Logged in"}, {"Set-Cookie": f"grafana_session={session}; Path={PREFIX}/; HttpOnly"})

    def answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def main() -> None:
    # As the real one does, it needs its data folder.
    with open("/var/lib/grafana/grafana.db", "a"):
        pass
    server = ThreadingHTTPServer(("", 3000), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print("listening on 3000", flush=True)
    server.serve_forever()
    sys.exit(0)


main()
