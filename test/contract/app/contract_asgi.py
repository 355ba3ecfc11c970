"""The application of the contract again, as ASGI has it."""
import asyncio
import hashlib
import json
import os
import sys
from urllib.parse import parse_qs

KEPT = []


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        return await lifespan(receive, send)
    check(scope)
    query = {key: values[0] for key, values in parse_qs(scope["query_string"].decode()).items()}
    name = scope["path"].split("/")[1]
    if name in STARTED:
        return await STARTED[name](query, send)
    status, headers, body = await ROUTES.get(name, missing)(scope, query, receive)
    raw = [(name.encode(), value.encode()) for name, value in [*headers, ("content-length", str(len(body)))]]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def lifespan(receive, send):
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


def check(scope):
    """What the ASGI specification says of an HTTP scope."""
    assert scope["type"] == "http", scope["type"]
    assert scope["http_version"] in ("1.0", "1.1", "2"), scope["http_version"]
    assert scope["method"] == scope["method"].upper(), scope["method"]
    assert scope["scheme"] in ("http", "https"), scope["scheme"]
    assert isinstance(scope["path"], str) and scope["path"].startswith("/"), scope["path"]
    assert isinstance(scope["raw_path"], bytes) and b"?" not in scope["raw_path"], scope["raw_path"]
    assert isinstance(scope["query_string"], bytes), scope["query_string"]
    assert isinstance(scope.get("root_path", ""), str), scope["root_path"]
    for name, value in scope["headers"]:
        assert isinstance(name, bytes) and name == name.lower(), name
        assert isinstance(value, bytes), value
    for end in ("client", "server"):
        assert scope.get(end) is None or len(scope[end]) == 2, scope[end]


async def echo(scope, query, receive):
    body = await read(receive)
    facts = {
        "method": scope["method"],
        "scheme": scope["scheme"],
        "script": scope.get("root_path", ""),
        "path": scope["path"],
        "query": scope["query_string"].decode(),
        "raw": scope["raw_path"].decode(),
        "client": (scope.get("client") or [None])[0],
        "server": ":".join(str(part) for part in scope.get("server") or []),
        "url": url(scope),
        "type": header(scope, b"content-type"),
        "length": len(body),
        "digest": hashlib.sha256(body).hexdigest(),
        "headers": headers_of(scope),
        "strange": [],
        "process": os.getpid(),
    }
    return 200, [("content-type", "application/json")], json.dumps(facts).encode()


def headers_of(scope):
    found = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode(), []).append(value.decode("latin-1"))
    return {name: ",".join(values) for name, values in found.items() if name not in ("content-type", "content-length")}


def header(scope, wanted):
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


def url(scope):
    return "%s://%s%s/" % (scope["scheme"], header(scope, b"host"), scope.get("root_path", ""))


async def read(receive):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def missing(scope, query, receive):
    return 404, [("content-type", "text/plain")], b""


def plain(text):
    return 200, [("content-type", "text/plain")], text.encode()


async def answer(scope, query, receive):
    headers = [
        ("content-type", "text/plain"),
        ("set-cookie", "one=1; Path=/"),
        ("set-cookie", "two=2; Path=/"),
        ("x-empty", ""),
        ("x-long", "x" * 12000),
    ]
    return int(query["status"]), headers, b"answered\n"


async def empty(scope, query, receive):
    return 200, [("content-type", "text/plain"), ("x-method", scope["method"])], b""


async def unread(scope, query, receive):
    return plain("not read\n")


async def many(scope, query, receive):
    return 200, [("content-type", "application/octet-stream")], b"x" * int(query["bytes"])


async def stream(query, send):
    count = int(query["pieces"])
    length = [] if query.get("length") == "untold" else [(b"content-length", str(6 * count).encode())]
    headers = [(b"content-type", b"text/plain"), *length]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    say_sleeping()
    for index in range(count):
        if query.get("end") == "broken" and index == count - 1:
            raise RuntimeError("the application failed in the middle")
        await asyncio.sleep(0.1)
        await send({"type": "http.response.body", "body": b"piece\n", "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def bare(query, send):
    """A status that has no body, so no header that describes one."""
    await send({"type": "http.response.start", "status": int(query["status"]), "headers": [(b"etag", b'"one"')]})
    await send({"type": "http.response.body", "body": b""})


def say_sleeping():
    print("sleeping in %d" % os.getpid(), file=sys.stderr, flush=True)


async def sleep(scope, query, receive):
    say_sleeping()
    await asyncio.sleep(float(query["seconds"]))
    return plain("slept\n")


async def redirect(scope, query, receive):
    return 302, [("content-type", "text/plain"), ("location", url(scope) + "echo")], b""


async def process(scope, query, receive):
    return plain(str(os.getpid()))


async def leak(scope, query, receive):
    KEPT.append(b"x" * int(query["bytes"]))
    return plain(str(os.getpid()))


async def fail(scope, query, receive):
    raise RuntimeError("the application failed")


async def die(scope, query, receive):
    os._exit(9)


STARTED = {"stream": stream, "bare": bare}
ROUTES = {
    "echo": echo,
    "answer": answer,
    "empty": empty,
    "unread": unread,
    "many": many,
    "sleep": sleep,
    "redirect": redirect,
    "process": process,
    "leak": leak,
    "raise": fail,
    "die": die,
}
