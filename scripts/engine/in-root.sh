#!/usr/bin/env bash
# in-root.sh ROOT SHARED COMMAND...: runs a command in another system's root, with the folder SHARED at its own path. Expects a mount and
# a network namespace of its own. The root is pivoted, not chrooted: a process that joins a container of a chrooted engine, such as a
# probe, would find itself outside the container (seen).
set -euo pipefail
root=$1 shared=$2
shift 2
ip link set lo up
mount --bind "$root" "$root"
mkdir -p "$root$shared" "$root/.host"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mount --rbind "$shared" "$root$shared"
cd "$root"
pivot_root . .host
umount -l /.host
exec "$@"
