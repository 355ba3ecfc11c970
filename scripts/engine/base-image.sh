#!/usr/bin/env bash
# The base image of the engine tests in the engine of DOCKER_HOST: Debian 12's nginx, uWSGI, gunicorn, made once with debootstrap,
# since no registry is needed then.
set -euo pipefail
. "$(dirname "$0")/common.sh"
docker image inspect "$base" >/dev/null 2>&1 && exit 0

if [ ! -e "$home/base.tar" ]; then
  mkdir -p "$home"
  root=$(mktemp -d "$home/root.XXXXXX")
  debootstrap --variant=minbase \
    --include=python3,python3-pip,python3-venv,nginx-light,libnginx-mod-stream,uwsgi-core,uwsgi-plugin-python3,gunicorn,python3-flask,python3-gevent \
    bookworm "$root" >"$home/debootstrap.log" 2>&1 || { tail -20 "$home/debootstrap.log" >&2; exit 1; }
  tar -C "$root" -cf "$home/base.tar.part" .
  mv "$home/base.tar.part" "$home/base.tar"
  rm -rf "$root"
fi
docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' "$home/base.tar" "$base" >/dev/null
