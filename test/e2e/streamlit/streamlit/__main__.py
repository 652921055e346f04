"""Stands in for Streamlit's server: the same port, paths, cookie and checks, with JSON in its WebSocket."""

import asyncio
import base64
import hashlib
import json
import os
import secrets
import signal
import socket
import sys
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from streamlit import Run, State, current

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
COOKIE = "_streamlit_xsrf"
Headers = dict[str, str]


class Server:
    def __init__(self, script: str) -> None:
        with open(script, encoding="utf-8") as file:
            self.code = compile(file.read(), script, "exec")
        self.sessions: dict[str, State] = {}
        self.replica = socket.gethostname()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = lines[0].split(" ", 2)
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            if headers.get("upgrade", "").lower() == "websocket":
                await self.stream(path, headers, reader, writer)
            else:
                await self.answer(method, urlsplit(path).path, headers, reader, writer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            pass
        finally:
            writer.close()

    async def answer(
        self,
        method: str,
        path: str,
        headers: Headers,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if method == "GET" and path == "/_stcore/health":
            token = secrets.token_hex(16)
            reply(writer, "200 OK", "ok", f"Set-Cookie: {COOKIE}={token}; Path=/; SameSite=Lax")
        elif method == "GET" and path == "/":
            reply(writer, "200 OK", "<!doctype html><title>Streamlit</title>", "Content-Type: text/html")
        elif method == "PUT" and path.startswith("/_stcore/upload_file/"):
            self.upload(path.split("/")[3], headers, len(body), writer)
        else:
            reply(writer, "404 Not Found", "404")

    def upload(self, session: str, headers: Headers, size: int, writer: asyncio.StreamWriter) -> None:
        token = xsrf(headers)
        if token == "" or headers.get("x-xsrftoken") != token:
            reply(writer, "403 Forbidden", "XSRF cookie does not match")
        elif session not in self.sessions:
            reply(writer, "400 Bad Request", "Invalid session_id")
        else:
            self.sessions[session]["uploaded"] = size
            reply(writer, "204 No Content", "")

    async def stream(
        self,
        path: str,
        headers: Headers,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        # streamlit, the XSRF token, and the session to go on with: as Streamlit's own page sends them.
        offered = [part.strip() for part in headers.get("sec-websocket-protocol", "").split(",")]
        if urlsplit(path).path != "/_stcore/stream":
            return reply(writer, "404 Not Found", "404")
        if urlsplit(headers.get("origin", "")).netloc != headers.get("host"):
            return reply(writer, "403 Forbidden", "Cross origin websockets not allowed")
        accept = base64.b64encode(hashlib.sha1((headers["sec-websocket-key"] + MAGIC).encode()).digest()).decode()
        writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Protocol: {offered[0]}\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        wanted = offered[2] if len(offered) > 2 else ""
        session = wanted if wanted in self.sessions else secrets.token_hex(16)
        state = self.sessions.setdefault(session, State())
        self.send(writer, session, self.run(state, {}))
        while (text := await received(reader)) is not None:
            self.send(writer, session, self.run(state, json.loads(text)))

    def run(self, state: State, widgets: dict[str, object]) -> list[str]:
        run = Run(state, widgets)
        token = current.set(run)
        try:
            exec(self.code, {"__name__": "__main__"})
        finally:
            current.reset(token)
        return run.texts

    def send(self, writer: asyncio.StreamWriter, session: str, texts: list[str]) -> None:
        data = json.dumps({"session": session, "replica": self.replica, "texts": texts}).encode()
        length = bytes([len(data)]) if len(data) < 126 else bytes([126]) + len(data).to_bytes(2, "big")
        writer.write(b"\x81" + length + data)


def xsrf(headers: Headers) -> str:
    cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    return cookie.value if cookie else ""


def reply(writer: asyncio.StreamWriter, status: str, text: str, *headers: str) -> None:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(text)}", "Connection: close", *headers]
    writer.write(("\r\n".join(head) + "\r\n\r\n" + text).encode())


async def received(reader: asyncio.StreamReader) -> str | None:
    """The next text; nothing at the end. Clients mask what they send (RFC 6455)."""
    first, second = await reader.readexactly(2)
    length = second & 127
    if length == 126:
        length = int.from_bytes(await reader.readexactly(2), "big")
    mask = await reader.readexactly(4)
    data = bytes(byte ^ mask[index % 4] for index, byte in enumerate(await reader.readexactly(length)))
    return data.decode() if first & 15 == 1 else None


async def main() -> None:
    if sys.argv[1:2] != ["run"] or len(sys.argv) != 3:
        sys.exit("usage: python3 -m streamlit run <script>")
    server = Server(sys.argv[2])
    address = os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    port = int(os.environ.get("STREAMLIT_SERVER_PORT", "8501"))
    listening = await asyncio.start_server(server.serve, address, port, limit=2**16)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    print(f"stand-in for Streamlit on {address}:{port}", flush=True)
    async with listening:
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
