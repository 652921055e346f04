"""Keeps a line for each writer that posts its name, and shows a page where there is one."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

paths = {"/entries": Path("/srv/entries/all"), "/page": Path("/srv/page/page.txt")}


class Ledger(BaseHTTPRequestHandler):
    def do_GET(self):
        path = paths[self.path]
        self.answer(path.read_bytes() if path.exists() else b"")

    def do_POST(self):
        with paths["/entries"].open("a") as entries:
            entries.write(self.path.removeprefix("/") + "\n")
        self.answer(b"")

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 8000), Ledger).serve_forever()
