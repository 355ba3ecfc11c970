#!/usr/bin/env bash
# down.sh [stable|testing]: stops the engine that up.sh started, if it did, and waits until it is gone.
set -euo pipefail
. "$(dirname "$0")/common.sh"
[ -e "$folder/docker.pid" ] || exit 0
pid=$(cat "$folder/docker.pid")
kill "$pid" 2>/dev/null || exit 0
for _ in $(seq 60); do
  kill -0 "$pid" 2>/dev/null || exit 0
  sleep 0.5
done
echo "the engine $engine (process $pid) does not stop" >&2
exit 1
