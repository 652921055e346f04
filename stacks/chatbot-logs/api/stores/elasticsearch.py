"""Conversations as documents of Elasticsearch, over its HTTP interface."""

import base64
import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from . import Conversation, StoreError

INDEX = "conversations"
MAPPINGS = {
    "properties": {
        "user": {"type": "keyword"},
        "at": {"type": "date"},
        "messages": {"type": "nested", "properties": {"role": {"type": "keyword"}, "text": {"type": "text"}}},
    }
}


class ElasticsearchStore:
    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.base = f"{parts.scheme}://{parts.hostname}:{parts.port or 9200}"
        login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        self.authorization = "Basic " + base64.b64encode(login.encode()).decode()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.base + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": self.authorization, "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise StoreError(f"status {error.code}") from error
        except (OSError, ValueError) as error:
            raise StoreError(type(error).__name__) from error

    def prepare(self) -> None:
        try:
            self.check()
        except StoreError:
            self.ask("PUT", f"/{INDEX}", {"mappings": MAPPINGS})

    def check(self) -> None:
        self.ask("GET", f"/{INDEX}")

    def add(self, user: str, messages: list[dict[str, str]], at: datetime) -> str:
        document = {"user": user, "messages": messages, "at": at.isoformat()}
        return self.ask("POST", f"/{INDEX}/_doc?refresh=true", document)["_id"]

    def latest(self, limit: int) -> list[Conversation]:
        query = {"size": limit, "sort": [{"at": "desc"}], "query": {"match_all": {}}}
        hits = self.ask("POST", f"/{INDEX}/_search", query)["hits"]["hits"]
        return [{"id": hit["_id"], **hit["_source"]} for hit in hits]

    def count(self) -> int:
        return self.ask("GET", f"/{INDEX}/_count")["count"]

    def remove_before(self, at: datetime) -> int:
        query = {"query": {"range": {"at": {"lt": at.isoformat()}}}}
        return self.ask("POST", f"/{INDEX}/_delete_by_query?refresh=true", query)["deleted"]
