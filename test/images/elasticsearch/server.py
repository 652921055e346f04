"""A small server with the part of Elasticsearch's API that backups and small applications use."""
import base64
import fnmatch
import hmac
import json
import os
import re
import threading
import uuid
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

DATA = "/usr/share/elasticsearch/data/indices.json"
PASSWORD = open(os.path.join(os.environ["ES_PATH_CONF"], "elasticsearch.keystore")).read()
LOCK = threading.RLock()
INDICES = json.load(open(DATA)) if os.path.exists(DATA) else {}
SCROLLS = {}


def save():
    with open(DATA + ".new", "w") as file:
        json.dump(INDICES, file)
    os.replace(DATA + ".new", DATA)


class Problem(Exception):
    def __init__(self, status, kind, reason):
        self.status, self.body = status, {"error": {"type": kind, "reason": reason}, "status": status}


def names(pattern):
    if pattern in ("", "_all"):
        pattern = "*"
    found = [name for one in pattern.split(",") for name in sorted(INDICES) if fnmatch.fnmatch(name, one)]
    if not found and "*" not in pattern:
        raise Problem(404, "index_not_found_exception", f"no such index [{pattern}]")
    return list(dict.fromkeys(found))


def index_of(name, create=False):
    if name not in INDICES:
        if not create:
            raise Problem(404, "index_not_found_exception", f"no such index [{name}]")
        INDICES[name] = {"uuid": uuid.uuid4().hex, "mappings": {}, "settings": {}, "aliases": {}, "docs": {}}
    return INDICES[name]


def value_of(source, field):
    for part in re.sub(r"\.keyword$", "", field).split("."):
        source = source.get(part) if isinstance(source, dict) else None
    return source


def moment(text):
    """Dates as they are, and `now-30d` and the like."""
    found = re.fullmatch(r"now(?:-(\d+)([smhdwMy]))?(?:/[a-z])?", str(text))
    if not found:
        return text
    unit = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "M": 2592000, "y": 31536000}
    past = int(found[1] or 0) * unit[found[2] or "s"]
    return (datetime.now(timezone.utc) - timedelta(seconds=past)).isoformat()


def compare(left, right):
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return (left > right) - (left < right)
    left, right = (str(one).replace("Z", "+00:00") for one in (left, right))
    try:
        left, right = (datetime.fromisoformat(one) for one in (left, right))
        left, right = (one if one.tzinfo else one.replace(tzinfo=timezone.utc) for one in (left, right))
    except ValueError:
        pass
    return (left > right) - (left < right)


def matches(query, key, source):
    (kind, body), *_ = (query or {"match_all": {}}).items()
    if kind == "match_all":
        return True
    if kind == "ids":
        return key in body["values"]
    if kind == "exists":
        return value_of(source, body["field"]) is not None
    if kind == "bool":
        listed = lambda part: body.get(part, []) if isinstance(body.get(part, []), list) else [body[part]]
        must = all(matches(one, key, source) for part in ("must", "filter") for one in listed(part))
        never = any(matches(one, key, source) for one in listed("must_not"))
        needed = listed("should") and not (listed("must") or listed("filter"))
        return must and not never and (not needed or any(matches(one, key, source) for one in listed("should")))
    if kind == "multi_match":
        return any(matches({"match": {field: body["query"]}}, key, source) for field in body["fields"])
    (field, wanted), *_ = body.items()
    found = value_of(source, field)
    if kind == "range":
        tests = {"gt": lambda c: c > 0, "gte": lambda c: c >= 0, "lt": lambda c: c < 0, "lte": lambda c: c <= 0}
        bounds = [(tests[name], moment(bound)) for name, bound in wanted.items() if name in tests]
        return found is not None and all(test(compare(found, bound)) for test, bound in bounds)
    if kind == "terms":
        return found in wanted
    if kind == "term":
        wanted = wanted.get("value") if isinstance(wanted, dict) else wanted
        return wanted in found if isinstance(found, list) else found == wanted
    if kind in ("match", "match_phrase"):
        wanted = wanted.get("query") if isinstance(wanted, dict) else wanted
        words = set(re.findall(r"\w+", str(found).lower()))
        return any(word in words for word in re.findall(r"\w+", str(wanted).lower()))
    raise Problem(400, "parsing_exception", f"unknown query [{kind}] in this stand-in")


def search(pattern, body):
    hits = []
    for name in names(pattern):
        for key, document in INDICES[name]["docs"].items():
            if matches(body.get("query"), key, document):
                hits.append({"_index": name, "_id": key, "_score": 1.0, "_source": document})
    sort = body.get("sort", [])
    for one in reversed(sort if isinstance(sort, list) else [sort]):
        field, order = next(iter(one.items())) if isinstance(one, dict) else (one, "asc")
        order = order.get("order", "asc") if isinstance(order, dict) else order
        if not field.startswith("_"):
            hits.sort(key=lambda hit: str(value_of(hit["_source"], field)), reverse=order == "desc")
    return hits


def answer(hits, total):
    return {"took": 1, "timed_out": False, "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
            "hits": {"total": {"value": total, "relation": "eq"}, "max_score": 1.0, "hits": hits}}


def write(name, key, document, create=False):
    docs = index_of(name, create=True)["docs"]
    key = key or uuid.uuid4().hex[:20]
    if create and key in docs:
        raise Problem(409, "version_conflict_engine_exception", f"[{key}]: document already exists")
    result = "updated" if key in docs else "created"
    docs[key] = document
    return {"_index": name, "_id": key, "_version": 1, "result": result}


def bulk(lines, default):
    items, lines = [], iter([line for line in lines.split("\n") if line.strip()])
    for line in lines:
        (action, meta), = json.loads(line).items()
        name, key = meta.get("_index", default), meta.get("_id")
        if action == "delete":
            gone = index_of(name)["docs"].pop(key, None)
            items.append({"delete": {"_index": name, "_id": key, "status": 200 if gone else 404}})
        else:
            document = json.loads(next(lines))
            if action == "update":
                document = {**index_of(name)["docs"].get(key, {}), **document["doc"]}
            done = write(name, key, document, action == "create")
            items.append({action: {**done, "status": 201 if done["result"] == "created" else 200}})
    return {"took": 1, "errors": False, "items": items}


def describe(name):
    index = INDICES[name]
    own = {"number_of_shards": "1", "number_of_replicas": "1", **index["settings"],
           "uuid": index["uuid"], "provided_name": name, "creation_date": "0", "version": {"created": "0"}}
    return {"aliases": index["aliases"], "mappings": index["mappings"], "settings": {"index": own}}


def scroll_on(key, size):
    if key not in SCROLLS:
        raise Problem(404, "search_context_missing_exception", "No search context found")
    hits = SCROLLS[key]
    page, SCROLLS[key] = hits[:size[key]], hits[size[key]:]
    return {"_scroll_id": key, **answer(page, len(hits))}


SIZES = {}


def respond(method, parts, query, text):
    body = json.loads(text) if text.strip() and parts[-1:] != ["_bulk"] else {}
    match parts:
        case []:
            return {"name": "stand-in", "cluster_name": "docker-cluster", "tagline": "You Know, for Search",
                    "version": {"number": "9.1.4", "build_flavor": "default"}}
        case ["_cluster", "health"]:
            return {"cluster_name": "docker-cluster", "status": "green", "timed_out": False, "number_of_nodes": 1}
        case ["_cat", "indices", *rest]:
            return [{"index": name, "health": "green", "docs.count": str(len(INDICES[name]["docs"]))}
                    for name in names(rest[0] if rest else "*")]
        case ["_search", "scroll"] if method == "DELETE":
            for key in [body["scroll_id"]] if isinstance(body["scroll_id"], str) else body["scroll_id"]:
                SCROLLS.pop(key, None)
            return {"succeeded": True, "num_freed": 1}
        case ["_search", "scroll"]:
            return scroll_on(body["scroll_id"], SIZES)
        case ["_bulk"] | [_, "_bulk"]:
            return bulk(text, parts[0] if len(parts) > 1 else None)
        case ["_refresh"] | [_, "_refresh"] | ["_flush"] | [_, "_flush"]:
            return {"_shards": {"total": 1, "successful": 1, "failed": 0}}
        case ["_search"] | [_, "_search"]:
            found = search(parts[0] if len(parts) > 1 else "*", body)
            size, start = (int(body.get(name, query.get(name, given))) for name, given in (("size", 10), ("from", 0)))
            if "scroll" not in query:
                return answer(found[start:start + size], len(found))
            key = uuid.uuid4().hex
            SCROLLS[key], SIZES[key] = found[size:], size
            return {"_scroll_id": key, **answer(found[:size], len(found))}
        case ["_count"] | [_, "_count"]:
            return {"count": len(search(parts[0] if len(parts) > 1 else "*", body))}
        case [name, "_delete_by_query"]:
            gone = search(name, body)
            for hit in gone:
                del INDICES[hit["_index"]]["docs"][hit["_id"]]
            return {"took": 1, "deleted": len(gone), "total": len(gone), "failures": []}
        case [name, "_doc" | "_create" as verb, *rest] if method in ("PUT", "POST"):
            return 201, write(name, rest[0] if rest else None, body, verb == "_create")
        case [name, "_update", key]:
            return write(name, key, {**index_of(name)["docs"].get(key, {}), **body["doc"]})
        case [name, "_doc", key]:
            docs = index_of(name)["docs"]
            if key not in docs:
                return 404, {"_index": name, "_id": key, "found": False}
            if method == "DELETE":
                del docs[key]
                return {"_index": name, "_id": key, "result": "deleted"}
            return {"_index": name, "_id": key, "found": True, "_source": docs[key]}
        case [name, "_mapping" | "_mappings"]:
            if method in ("PUT", "POST"):
                index_of(name)["mappings"].setdefault("properties", {}).update(body.get("properties", {}))
                return {"acknowledged": True}
            return {one: {"mappings": INDICES[one]["mappings"]} for one in names(name)}
        case [name] if method == "HEAD":
            return 200 if name in INDICES else 404, {}
        case [name] if method == "PUT":
            if name in INDICES:
                raise Problem(400, "resource_already_exists_exception", f"index [{name}] already exists")
            settings = body.get("settings", {})
            own = {**{k: v for k, v in settings.items() if k != "index"}, **settings.get("index", {})}
            index_of(name, create=True).update(
                mappings=body.get("mappings", {}), settings=own, aliases=body.get("aliases", {}))
            return {"acknowledged": True, "shards_acknowledged": True, "index": name}
        case [name] if method == "DELETE":
            for one in names(name):
                del INDICES[one]
            return {"acknowledged": True}
        case [name]:
            return {one: describe(one) for one in names(name)}
    raise Problem(400, "illegal_argument_exception", f"{method} /{'/'.join(parts)} is unknown to this stand-in")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def allowed(self):
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        wanted = base64.b64encode(f"elastic:{PASSWORD}".encode()).decode()
        return hmac.compare_digest(given, wanted)

    def handle_any(self):
        url = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        try:
            if not self.allowed():
                raise Problem(401, "security_exception", "missing authentication credentials for REST request")
            with LOCK:
                parts = [unquote(part) for part in url.path.split("/") if part]
                result = respond(self.command, parts, query, text)
                if self.command in ("PUT", "POST", "DELETE") and parts[-1:] != ["_search"]:
                    save()
            status, body = result if isinstance(result, tuple) else (200, result)
        except Problem as problem:
            status, body = problem.status, problem.body
        except (ValueError, KeyError, TypeError) as error:
            status, body = 400, {"error": {"type": "parse_exception", "reason": str(error)}, "status": 400}
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Elastic-Product", "Elasticsearch")
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="security", charset="UTF-8"')
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    # As the real one, it writes to its logs beside the data.
    open("/usr/share/elasticsearch/logs/gc.log", "w").close()
    save()
    ThreadingHTTPServer(("0.0.0.0", 9200), Handler).serve_forever()
