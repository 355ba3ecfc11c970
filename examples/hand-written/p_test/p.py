"""The Flask application of the hand-written uWSGI configuration."""
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/")
def index():
    return "hello from uWSGI\n"


@app.get("/healthz")
def healthz():
    return "ok\n"


@app.route("/echo", methods=["GET", "POST"])
def echo():
    """What the application sees of a request, so that a test or a curious person can compare."""
    return jsonify(
        scheme=request.scheme,
        host=request.host,
        remote_addr=request.remote_addr,
        path=request.full_path,
        port=request.environ.get("SERVER_PORT"),
        proxy=request.environ.get("HTTP_PROXY", ""),
        forwarded_for=request.headers.get("X-Forwarded-For"),
        length=len(request.get_data()),
    )
