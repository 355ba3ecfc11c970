#!/usr/bin/env bash
# A Docker engine and the base image of the engine tests. Where an engine answers already it is used; otherwise Debian's is
# started on a socket and a data folder of its own, as root. Prints the DOCKER_HOST to use.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${ENGINE_FOLDER:-/var/tmp/cdktf-wsgi-engine}
base=local/base:12

if ! docker info >/dev/null 2>&1; then
  mkdir -p "$folder"
  export DOCKER_HOST=unix://$folder/docker.sock
  if ! docker info >/dev/null 2>&1; then
    nohup dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
      >"$folder/dockerd.log" 2>&1 &
    for _ in $(seq 60); do
      docker info >/dev/null 2>&1 && break
      sleep 1
    done
    docker info >/dev/null || { tail -20 "$folder/dockerd.log" >&2; exit 1; }
  fi
fi

if ! docker image inspect "$base" >/dev/null 2>&1; then
  root=$(mktemp -d "$folder/root.XXXXXX")
  debootstrap --variant=minbase \
    --include=python3,nginx-light,libnginx-mod-stream,uwsgi-core,uwsgi-plugin-python3,gunicorn,python3-flask,python3-gevent \
    bookworm "$root" >"$folder/debootstrap.log" 2>&1 || { tail -20 "$folder/debootstrap.log" >&2; exit 1; }
  tar -C "$root" -c . | docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$base" >/dev/null
  rm -rf "$root"
fi
echo "${DOCKER_HOST:-}"
