#!/usr/bin/env bash
# inside.sh ENGINE COMMAND...: runs a command where the ports that an engine publishes are to be found, with its DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/common.sh"
shift
if [ "$engine" = stable ]; then exec "$@"; fi
export DOCKER_HOST=unix://$socket
exec nsenter --net="/run/netns/$netns" "$@"
