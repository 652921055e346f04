"""Has texts written by a chat model, behind an API that asks for a key."""

import http.client
import json
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT_SECONDS = 20
LARGEST_ANSWER = 1024 * 1024


class WriterError(Exception):
    """The text could not be written. Says nothing of what was sent, which has the key in it."""


class NoRedirects(HTTPRedirectHandler):
    # A redirect would take the key to wherever it leads.
    def redirect_request(self, *args: object) -> None:
        return None


class Writer:
    def __init__(self, base_url: str, model: str, key: str) -> None:
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._model = model
        self._key = key
        self._open = build_opener(NoRedirects).open

    def write(self, title: str) -> str:
        prompt = f"Write one paragraph about: {title}"
        body = {"model": self._model, "messages": [{"role": "user", "content": prompt}]}
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        request = Request(self._url, json.dumps(body).encode(), headers)
        try:
            with self._open(request, timeout=TIMEOUT_SECONDS) as response:
                text = text_of(json.loads(response.read(LARGEST_ANSWER)))
        except (URLError, http.client.HTTPException, OSError, ValueError) as error:
            raise WriterError(type(error).__name__) from None
        # An API that repeats what it was sent must not become the way out of here.
        return text.replace(self._key, "…")


def text_of(answer: Any) -> str:
    try:
        text = answer["choices"][0]["message"]["content"]
    except (LookupError, TypeError):
        raise ValueError("no text") from None
    if not isinstance(text, str):
        raise ValueError("no text")
    return text
