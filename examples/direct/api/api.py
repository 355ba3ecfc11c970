"""Counts what it is sent, as wc does: a service for machines, in Flask."""
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/api/")
def index():
    return "hello from gunicorn: POST a text to /api/count\n"


@app.post("/api/count")
def count():
    text = request.get_data()
    return jsonify(
        lines=text.count(b"\n"),
        words=len(text.split()),
        bytes=len(text),
        # Where the service is reached, as it understands it: with nobody in front, no header of a client's may change that.
        url=request.base_url,
    )
