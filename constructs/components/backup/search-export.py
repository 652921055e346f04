import base64, gzip, json, os, sys, urllib.parse, urllib.request

page = 500
with open(os.environ["PASSWORD_FILE"], "rb") as file:
    login = base64.b64encode(b"elastic:" + file.read().rstrip(b"\n")).decode()
# What an index is given by the server, and takes from nobody else.
given = ("uuid", "provided_name", "creation_date", "version", "resize", "history", "routing")


def call(method, path, body=None, lines=False):
    data = body.encode() if lines else None if body is None else json.dumps(body).encode()
    kind = "application/x-ndjson" if lines else "application/json"
    headers = {"Authorization": "Basic " + login, "Content-Type": kind}
    request = urllib.request.Request(os.environ["SEARCH_URL"] + urllib.parse.quote(path, "/?=*_&,"), data, headers, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def indices():
    found = call("GET", "/*?expand_wildcards=open")
    return {name: about for name, about in found.items() if not name.startswith(".")}


def documents(name):
    answer = call("POST", f"/{name}/_search?scroll=5m", {"size": page, "sort": ["_doc"]})
    while answer["hits"]["hits"]:
        yield from answer["hits"]["hits"]
        answer = call("POST", "/_search/scroll", {"scroll": "5m", "scroll_id": answer["_scroll_id"]})
    call("DELETE", "/_search/scroll", {"scroll_id": answer["_scroll_id"]})


def dump(path):
    count = 0
    with gzip.open(path, "wt") as file:
        for name, about in indices().items():
            settings = {one: value for one, value in about["settings"]["index"].items() if one not in given}
            print(json.dumps({"index": name, **about, "settings": settings}), file=file)
            for hit in documents(name):
                line = {"id": hit["_id"], "routing": hit.get("_routing"), "source": hit["_source"]}
                print(json.dumps(line), file=file)
                count += 1
        print(json.dumps({"documents": count}), file=file)


def verify(path):
    count, last = 0, {}
    with gzip.open(path, "rt") as file:
        for text in file:
            last = json.loads(text)
            count += "source" in last
    if last.get("documents") != count:
        sys.exit(f"{path} ends early")


def is_empty():
    sys.exit(1 if indices() else 0)


def send(name, batch):
    if not batch:
        return
    answer = call("POST", f"/{name}/_bulk", "".join(json.dumps(line) + "\n" for line in batch), lines=True)
    failed = [item for item in answer["items"] if item["index"].get("error")]
    if failed:
        sys.exit(f"{name}: {len(failed)} documents were refused: {failed[0]['index']['error']}")


def load(path):
    name, batch, there = None, [], indices()
    with gzip.open(path, "rt") as file:
        for line in map(json.loads, file):
            if "source" in line:
                routing = {"routing": line["routing"]} if line["routing"] else {}
                batch += [{"index": {"_id": line["id"], **routing}}, line["source"]]
                if len(batch) >= 2 * page:
                    send(name, batch)
                    batch = []
                continue
            send(name, batch)
            batch = []
            if "index" in line:
                name = line["index"]
                if name in there:
                    call("DELETE", "/" + name)
                call("PUT", "/" + name, {part: line[part] for part in ("aliases", "mappings", "settings")})
    call("POST", "/_refresh")


{"dump": dump, "verify": verify, "is_empty": is_empty, "load": load}[sys.argv[1]](*sys.argv[2:])
