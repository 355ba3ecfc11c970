"""What the deployments of the tests run: answers that tell versions apart, and take their time when asked."""
import base64
import hashlib
import os
import signal
import time

from flask import Flask, request

VERSION = os.environ.get("VERSION", "1")
time.sleep(float(os.environ.get("IMPORT_SECONDS", "0")))
if os.environ.get("EXIT_SECONDS"):
    time.sleep(float(os.environ["EXIT_SECONDS"]))
    os._exit(3)
if os.environ.get("IMPORT_ERROR"):
    raise RuntimeError("import fails on purpose")

app = Flask(__name__)


@app.get("/")
@app.get("/api/")
def index():
    return VERSION


if "MOUNT" in os.environ:
    app.add_url_rule(os.environ["MOUNT"], view_func=index, endpoint="mounted")


@app.get("/slow")
@app.get("/api/slow")
def slow():
    time.sleep(1.5)
    return VERSION


@app.get("/die")
def die():
    os.kill(os.getpid(), signal.SIGKILL)


@app.route("/ws", websocket=True)
def websocket():
    """Echoes what comes after the handshake, byte for byte: what a proxy has to carry."""
    connection = request.environ["gunicorn.socket"]
    key = request.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
    head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    connection.sendall(f"{head}Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
    while data := connection.recv(4096):
        connection.sendall(data)
    return ""


@app.get("/health")
def health():
    return ("broken", 500) if os.environ.get("HEALTH_ERROR") else "ok"
