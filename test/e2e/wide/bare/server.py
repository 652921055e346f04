"""A page, and how to tell from inside that it answers: there is no shell that could."""

import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"from scratch\n")

    def log_message(self, *_):
        pass


if sys.argv[1:] == ["check"]:
    urllib.request.urlopen("http://127.0.0.1:8080", timeout=5)
else:
    HTTPServer(("", 8080), Page).serve_forever()
