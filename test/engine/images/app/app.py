"""An application that is part of its image: it answers what a file beside it says."""
import time
from pathlib import Path

import bottle

VERSION = Path(__file__).with_name("version.txt").read_text().strip()

app = bottle.Bottle()


@app.get("/")
@app.get("/api/")
@app.get("/own/")
def index():
    return VERSION


@app.get("/slow")
@app.get("/api/slow")
def slow():
    time.sleep(1.5)
    return VERSION
