#!/usr/bin/env bash
# Stops the engine that up.sh started, if it did.
set -euo pipefail
folder=${ENGINE_FOLDER:-/var/tmp/cdktf-wsgi-engine}
[ -e "$folder/docker.pid" ] || exit 0
kill "$(cat "$folder/docker.pid")" || true
