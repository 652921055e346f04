"""Conversations as documents of MongoDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from . import Conversation, StoreError


@contextmanager
def failing() -> Iterator[None]:
    try:
        yield
    except PyMongoError as error:
        raise StoreError(type(error).__name__) from error


class MongoStore:
    def __init__(self, url: str) -> None:
        client = MongoClient(url, serverSelectionTimeoutMS=3000, tz_aware=True)
        self.conversations = client.get_default_database()["conversations"]

    def prepare(self) -> None:
        with failing():
            self.conversations.create_index("at")

    def check(self) -> None:
        with failing():
            if "at_1" not in self.conversations.index_information():
                raise StoreError("the index is missing")

    def add(self, user: str, messages: list[dict[str, str]], at: datetime) -> str:
        with failing():
            document = {"user": user, "messages": messages, "at": at}
            return str(self.conversations.insert_one(document).inserted_id)

    def latest(self, limit: int) -> list[Conversation]:
        with failing():
            found = self.conversations.find().sort([("at", -1), ("_id", -1)]).limit(limit)
            return [
                {
                    "id": str(one["_id"]),
                    "user": one["user"],
                    "messages": one["messages"],
                    "at": one["at"].astimezone(UTC).isoformat(),
                }
                for one in found
            ]

    def count(self) -> int:
        with failing():
            return self.conversations.count_documents({})

    def remove_before(self, at: datetime) -> int:
        with failing():
            return self.conversations.delete_many({"at": {"$lt": at}}).deleted_count
