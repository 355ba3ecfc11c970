"""The Flask application of the hand-written gunicorn configuration."""
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/api/")
def index():
    return "hello from gunicorn\n"


@app.route("/api/echo", methods=["GET", "POST"])
def echo():
    """What the application sees of a request, so that a test or a curious person can compare."""
    return jsonify(
        scheme=request.scheme,
        host=request.host,
        path=request.full_path,
        proxy=request.headers.get("Proxy", ""),
        forwarded_for=request.headers.get("X-Forwarded-For"),
        forwarded_port=request.headers.get("X-Forwarded-Port"),
        length=len(request.get_data()),
    )
