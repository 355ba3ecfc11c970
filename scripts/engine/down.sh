#!/usr/bin/env bash
# down.sh [stable|testing]: stops the engine that up.sh started and waits until it is gone; from one that was there before, it takes
# the base image of the tests.
set -euo pipefail
. "$(dirname "$0")/common.sh"
if [ ! -e "$folder/docker.pid" ]; then
  [ "$engine" = testing ] || ! docker image inspect "$base" >/dev/null 2>&1 || docker image rm "$base" >/dev/null
  exit 0
fi
pid=$(cat "$folder/docker.pid")
kill "$pid" 2>/dev/null || exit 0
for _ in $(seq 120); do
  kill -0 "$pid" 2>/dev/null || exit 0
  sleep 0.25
done
echo "the engine $engine (process $pid) does not stop" >&2
exit 1
