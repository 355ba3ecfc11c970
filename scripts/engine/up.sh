#!/usr/bin/env bash
# up.sh [stable|testing]: a Docker engine with the base image of the engine tests; prints the DOCKER_HOST to use. For `stable` an
# engine that answers already is used, but not with CI=true: some tests stop and start their engine. Otherwise one is started as
# root, on a socket and a data folder of its own.
set -euo pipefail
cd "$(dirname "$0")"
. ./common.sh

start() {
  mkdir -p "$folder"
  # A pid file that is left over would stop the start when another process has the number by now.
  rm -f "$folder/docker.pid"
  local dockerd=(dockerd --host "unix://$socket" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid")
  if [ "$engine" = stable ]; then
    nohup "${dockerd[@]}" >"$folder/dockerd.log" 2>&1 &
  else
    [ -x "$folder/root/usr/sbin/dockerd" ] || testing_root
    [ -e "/run/netns/$netns" ] || ip netns add "$netns"
    # Not `ip netns exec`, which mounts another /sys, without cgroups.
    nohup nsenter --net="/run/netns/$netns" unshare --mount --propagation private ./in-root.sh "$folder/root" "$folder" \
      "${dockerd[@]}" --feature containerd-snapshotter=true >"$folder/dockerd.log" 2>&1 &
  fi
  for _ in $(seq 60); do
    answers && return
    sleep 1
  done
  tail -20 "$folder/dockerd.log" >&2
  exit 1
}

testing_root() {
  rm -rf "$folder/root"
  debootstrap --variant=minbase --include=docker.io,containerd,runc,iptables testing "$folder/root" >"$folder/debootstrap.log" 2>&1 ||
    { tail -20 "$folder/debootstrap.log" >&2; exit 1; }
}

if [ "$engine" = testing ] || [ "${CI:-}" = true ] || ! docker info >/dev/null 2>&1; then
  export DOCKER_HOST=unix://$socket
  answers || start
fi
./base-image.sh
echo "${DOCKER_HOST:-}"
