"""What the deployments of the tests run: answers that tell versions apart, and take their time when asked."""
import os
import time

from flask import Flask

VERSION = os.environ.get("VERSION", "1")
time.sleep(float(os.environ.get("IMPORT_SECONDS", "0")))
if os.environ.get("IMPORT_ERROR"):
    raise RuntimeError("import fails on purpose")

app = Flask(__name__)


@app.get("/")
@app.get("/api/")
def index():
    return VERSION


@app.get("/slow")
@app.get("/api/slow")
def slow():
    time.sleep(1.5)
    return VERSION


@app.get("/health")
def health():
    return ("broken", 500) if os.environ.get("HEALTH_ERROR") else "ok"
