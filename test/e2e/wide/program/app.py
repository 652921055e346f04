"""The programs of the wide application: each tells in /report what it can do where it runs."""

import json
import os
import socketserver
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def read(path):
    return Path(path).read_text().strip()


def tried(action):
    """What an action gives, or the name of what it raises."""
    try:
        return action()
    except OSError as error:
        return type(error).__name__


def written(path, text="written"):
    Path(path).write_text(text)
    return read(path)


def mode(path):
    return oct(os.stat(path).st_mode & 0o777)


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode().strip()


def asked(name):
    return json.loads(get(os.environ[name] + "/report"))


def rows(url):
    import psycopg2

    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT words FROM greeting")
        return [words for (words,) in cursor.fetchall()]


def logged_in(url):
    import psycopg2

    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        return "{}@{}".format(*cursor.fetchone())


def setting(name):
    import psycopg2

    with (
        psycopg2.connect(os.environ["DATABASE_URL"]) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def queued():
    import redis

    queue = redis.from_url(os.environ["QUEUE_URL"])
    queue.rpush("jobs", "one")
    kept = [job.decode() for job in queue.lrange("jobs", 0, -1)]
    info = queue.info()
    return {
        "kept": len(kept) > 0,
        "appendonly": info["aof_enabled"],
        "policy": info["maxmemory_policy"],
    }


def jobs():
    import redis

    return redis.from_url(os.environ["QUEUE_URL"]).llen("jobs")


def main():
    return {
        "database": rows(os.environ["DATABASE_URL"]),
        "reports": logged_in(os.environ["REPORTS_URL"]),
        "work_mem": setting("work_mem"),
        "queue": queued(),
        "rooted": asked("ROOTED_URL"),
        "scribe": asked("SCRIBE_URL"),
        "reader": asked("READER_URL"),
        "web": get(os.environ["WEB_URL"]),
        "bare": get(os.environ["BARE_URL"]),
        "files": {
            "beside": read("/srv/files/beside.txt"),
            "added": read("/srv/files/added.txt"),
            "mode": mode("/srv/files/hello"),
            "hello": subprocess.run(
                ["/srv/files/hello"], capture_output=True, text=True, check=True
            ).stdout.strip(),
        },
        "secret": len(read("/srv/files/token")) > 0,
        "root": tried(lambda: written("/srv/own/new.txt")),
        "build": read("/srv/app/greeting.txt"),
        "optional": os.environ["OPTIONAL"],
        "domain": os.environ["DOMAIN"],
    }


def reader():
    return {
        "media": read("/srv/media/page.txt"),
        "write": tried(lambda: written("/srv/media/other.txt")),
        "metrics": get(os.environ["METRICS_URL"]),
    }


def rooted():
    return {
        "started": started_as,
        "runs": os.getuid(),
        "folder": os.stat("/srv/data").st_uid,
    }


def scribe():
    return {
        "root": tried(lambda: written("/srv/own/new.txt")),
        "seed": read("/srv/seeds/seed.txt"),
        "seeds": tried(lambda: written("/srv/seeds/new.txt")),
    }


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        text = self.page()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def serve(port, page):
    class Own(Page):
        def page(self):
            return page(self.path)

    server = ThreadingHTTPServer(("", port), Own)
    threading.Thread(target=server.serve_forever).start()


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        data, socket = self.request
        socket.sendto(data, self.client_address)


reports = {"main": main, "reader": reader, "rooted": rooted, "scribe": scribe}
role = sys.argv[1]
started_as = os.getuid()
if role == "rooted":
    # As official images do: root gives the folder to its user, and becomes that user.
    os.chown("/srv/data", 1000, 1000)
    os.setgid(1000)
    os.setuid(1000)
if role == "main":
    written("/srv/media/page.txt", "written by main")
    os.chmod("/srv/media/page.txt", 0o644)
    serve(9100, lambda _: "metrics of main")
    threading.Thread(target=socketserver.ThreadingUDPServer(("", 9053), Echo).serve_forever).start()
pages = {"/report": reports[role], "/jobs": jobs}
serve(8000, lambda path: json.dumps(pages[path]()) if path in pages else "ok")
