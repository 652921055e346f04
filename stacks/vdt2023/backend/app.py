"""Greets visitors and keeps a list of items, both stored in MongoDB."""

import json
import logging
import os
import socket
import sys
from datetime import datetime, timezone
from typing import Any

import werkzeug
from flask import Flask, request
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError
from werkzeug.exceptions import BadRequest, HTTPException

from server import log_to_stdout, serve

log = logging.getLogger("app")
Reply = tuple[dict[str, Any], int]
MAX_NAME = 200
TIMEOUT_MS = 2000


def own_address(hostname: str) -> str:
    try:
        return socket.gethostbyname(hostname)
    except OSError:
        return "unknown"


def parse_name(body: object) -> str:
    name = body.get("name") if isinstance(body, dict) else None
    if not isinstance(name, str) or not name.strip() or len(name) > MAX_NAME:
        raise BadRequest(f'send a JSON object with "name", a text of 1 to {MAX_NAME} characters')
    try:
        name.encode()
    except UnicodeEncodeError:
        raise BadRequest('"name" is not valid Unicode') from None
    return name


def connect(url: str) -> Database:
    client: MongoClient = MongoClient(
        url,
        serverSelectionTimeoutMS=TIMEOUT_MS,
        connectTimeoutMS=TIMEOUT_MS,
        socketTimeoutMS=TIMEOUT_MS,
        waitQueueTimeoutMS=TIMEOUT_MS,
    )
    return client.get_default_database()


def create_app(database: Database, greeting: str) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    hostname = socket.gethostname()
    address = own_address(hostname)

    @app.get("/")
    def index() -> dict[str, Any]:
        database.visits.insert_one({"at": datetime.now(timezone.utc), "hostname": hostname})
        visits = database.visits.count_documents({})
        return {"message": greeting, "address": address, "hostname": hostname, "visits": visits}

    @app.get("/items")
    def list_items() -> list[dict[str, str]]:
        found = database.items.find({}, {"name": 1}).sort("_id", -1).limit(1000)
        return [{"id": str(item["_id"]), "name": item["name"]} for item in found]

    @app.post("/items")
    def add_item() -> Reply:
        name = parse_name(request.get_json(silent=True))
        result = database.items.insert_one({"name": name})
        return {"id": str(result.inserted_id), "name": name}, 201

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/db")
    def health_database() -> dict[str, str]:
        database.command("ping")
        return {"status": "ok"}

    @app.errorhandler(PyMongoError)
    def database_failed(error: PyMongoError) -> Reply:
        log.warning("%s: %.200s", type(error).__name__, error)
        return {"error": "the database is not available"}, 503

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> werkzeug.Response:
        response = error.get_response()
        response.data = json.dumps({"error": error.description})
        response.content_type = "application/json"
        return response

    return app


def main() -> None:
    level = os.environ.get("LOG_LEVEL", "INFO").upper()
    port = os.environ.get("PORT", "5000")
    url = os.environ.get("MONGO_URL", "")
    if level not in logging.getLevelNamesMapping():
        sys.exit("LOG_LEVEL is not a log level, such as INFO or WARNING")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit("PORT is not a port number")
    if not url:
        sys.exit("missing environment variable: MONGO_URL")
    log_to_stdout(level)
    try:
        database = connect(url)
    except (PyMongoError, ValueError):
        # The error's own text may quote the URL and the password in it.
        sys.exit("MONGO_URL is not a MongoDB URL with a database name in its path")
    serve(create_app(database, os.environ.get("GREETING", "Hello")), int(port))
    database.client.close()


if __name__ == "__main__":
    main()
