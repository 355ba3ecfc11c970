"""An old service: one WSGI function without a framework. It adds up numbers, one a line."""
from decimal import Decimal, InvalidOperation


def app(environ, start_response):
    status, text = answer(environ)
    body = f"{text}\n".encode()
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def answer(environ):
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if path == "/healthz":
        return "200 OK", "ok"
    if path == "/":
        return "200 OK", "hello from uWSGI: POST numbers to /sum, one a line"
    if path != "/sum":
        return "404 Not Found", f"there is no {path}"
    if method != "POST":
        return "405 Method Not Allowed", "POST numbers, one a line"
    return total(environ["wsgi.input"])


def total(lines):
    try:
        return "200 OK", str(sum(Decimal(line.decode().strip()) for line in lines))
    except (InvalidOperation, UnicodeDecodeError):
        return "400 Bad Request", "one number a line, such as 12.50"
