"""Serves a Flask application until SIGTERM, then finishes the requests in flight."""

import logging
import signal
import sys
import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

log = logging.getLogger("http")


class RequestHandler(WSGIRequestHandler):
    # Bounds the wait for a silent client, and with it the wait for requests in flight at shutdown.
    timeout = 5

    def version_string(self) -> str:
        return "backend"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        log.info("%s %r %s", self.address_string(), self.requestline.partition("?")[0], code)

    def log(self, type: str, message: str, *args: object) -> None:
        # Silent and malformed clients. The text may quote a query, so it stays out of the usual log.
        log.debug("%s %r", self.address_string(), message % args)


def log_to_stdout(level: str) -> None:
    logging.basicConfig(stream=sys.stdout, level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("werkzeug").setLevel(level)


def serve(app: Flask, port: int) -> None:
    server = make_server("0.0.0.0", port, app, threaded=True, request_handler=RequestHandler)
    server.daemon_threads = False  # closing the server joins the threads that still answer

    def stop(signum: int, frame: object) -> None:
        # shutdown() waits for serve_forever(), which runs in the thread this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("listening on port %d", port)
    server.serve_forever()
    log.info("stopped")
