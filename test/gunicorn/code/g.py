def app(environ, start_response):
    body = b"hello"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
