import signal, ssl, sys
from http import client
from urllib.parse import urlsplit
left, url, *headers = sys.argv[1:]
signal.alarm(int(left))
place = urlsplit(url)
secure = {"context": ssl._create_unverified_context()} if place.scheme == "https" else {}
server = (client.HTTPSConnection if secure else client.HTTPConnection)(place.netloc, **secure)
server.putrequest("GET", (place.path or "/") + ("?" + place.query if place.query else ""), skip_host=1, skip_accept_encoding=1)
[server.putheader(*header.split(": ", 1)) for header in headers]
server.endheaders()
answer = server.getresponse()
assert len(answer.read(10240)) == 10240 or not answer.length, "half an answer"
print(answer.status, answer.getheader("Location", ""))
