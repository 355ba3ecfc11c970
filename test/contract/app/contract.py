"""The application of the contract: each path shows one thing that a server does for it."""
import hashlib
import json
import os
import sys
import time
from urllib.parse import parse_qs
from wsgiref.util import application_uri
from wsgiref.validate import validator

KEPT = []


def unchecked(environ, start_response):
    name = environ["PATH_INFO"].split("/")[1]
    query = {key: values[0] for key, values in parse_qs(environ["QUERY_STRING"]).items()}
    if name in STARTED:
        return STARTED[name](environ, query, start_response)
    status, headers, body = ROUTES.get(name, missing)(environ, query)
    start_response(status, [*headers, ("Content-Length", str(len(body)))])
    # A HEAD request gets the head of the same answer; to send no body is the server's business.
    return [body]


def echo(environ, query):
    body = read(environ)
    facts = {
        "method": environ["REQUEST_METHOD"],
        "scheme": environ["wsgi.url_scheme"],
        "script": environ.get("SCRIPT_NAME", ""),
        "path": environ["PATH_INFO"].encode("latin-1").decode("utf-8", "backslashreplace"),
        "query": environ["QUERY_STRING"],
        "raw": environ.get("REQUEST_URI", environ.get("RAW_URI")),
        "client": environ.get("REMOTE_ADDR"),
        "server": environ["SERVER_NAME"] + ":" + environ["SERVER_PORT"],
        "url": application_uri(environ),
        "type": environ.get("CONTENT_TYPE", ""),
        "length": len(body),
        "digest": hashlib.sha256(body).hexdigest(),
        "headers": headers_of(environ),
        "strange": sorted(key for key in environ if key.startswith(("UWSGI_", "DOCUMENT_")) and key != "UWSGI_ROUTER"),
        "process": os.getpid(),
    }
    return "200 OK", [("Content-Type", "application/json")], json.dumps(facts).encode()


def headers_of(environ):
    named = {key[5:].lower().replace("_", "-"): value for key, value in environ.items() if key.startswith("HTTP_")}
    return {name: value for name, value in named.items() if value != ""}


def read(environ):
    pieces = iter(lambda: environ["wsgi.input"].read(65536), b"")
    return b"".join(pieces)


def plain(text):
    return "200 OK", [("Content-Type", "text/plain")], text.encode()


def missing(environ, query):
    return "404 Not Found", [("Content-Type", "text/plain")], b""


def answer(environ, query):
    headers = [
        ("Content-Type", "text/plain"),
        ("Set-Cookie", "one=1; Path=/"),
        ("Set-Cookie", "two=2; Path=/"),
        ("X-Empty", ""),
        ("X-Long", "x" * 12000),
    ]
    return query["status"] + " Its Own Reason", headers, b"answered\n"


def empty(environ, query):
    return "200 OK", [("Content-Type", "text/plain"), ("X-Method", environ["REQUEST_METHOD"])], b""


def unread(environ, query):
    return plain("not read\n")


def many(environ, query):
    return "200 OK", [("Content-Type", "application/octet-stream")], b"x" * int(query["bytes"])


def sleep(environ, query):
    say_sleeping()
    time.sleep(float(query["seconds"]))
    return plain("slept\n")


def stream(environ, query, start_response):
    count = int(query["pieces"])
    length = [] if query.get("length") == "untold" else [("Content-Length", str(6 * count))]
    start_response("200 OK", [("Content-Type", "text/plain"), *length])
    return pieces(count, query.get("end") == "broken")


def pieces(count, breaks):
    say_sleeping()
    for index in range(count):
        if breaks and index == count - 1:
            raise RuntimeError("the application failed in the middle")
        time.sleep(0.1)
        yield b"piece\n"


def bare(environ, query, start_response):
    """A status that has no body, so no header that describes one."""
    start_response(query["status"] + " Its Own Reason", [("ETag", '"one"')])
    return []


def say_sleeping():
    print("sleeping in %d" % os.getpid(), file=sys.stderr, flush=True)


def redirect(environ, query):
    return "302 Found", [("Content-Type", "text/plain"), ("Location", application_uri(environ) + "echo")], b""


def process(environ, query):
    return plain(str(os.getpid()))


def leak(environ, query):
    KEPT.append(b"x" * int(query["bytes"]))
    return plain(str(os.getpid()))


def fail(environ, query):
    raise RuntimeError("the application failed")


def die(environ, query):
    os._exit(9)


# What the server does wrong is an AssertionError in its log, where the suite looks for it.
application = validator(unchecked)
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
