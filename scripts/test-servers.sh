#!/usr/bin/env bash
# Puts the releases of gunicorn and uWSGI that the tests compare into .servers/, each in an environment of its own: from PyPI,
# beside those that Debian has. uWSGI is compiled, with internal routing where libpcre2-dev is there.
set -euo pipefail
cd "$(dirname "$0")/.."
python=/usr/bin/python3
mkdir -p .servers

install() { # NAME PACKAGE...
  local folder=.servers/$1
  shift
  [ ! -e "$folder/complete" ] || return 0
  rm -rf "$folder"
  "$python" -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check wheel
  "$folder/bin/pip" install --quiet --disable-pip-version-check --no-build-isolation "$@"
  touch "$folder/complete"
}

# 20.1.0 asks setuptools for its own version.
install gunicorn-20.1.0 gunicorn==20.1.0 'setuptools<81' gevent==22.10.2 tornado==6.2 flask==3.1.2
for version in 23.0.0 26.1.0 27.0.1; do
  install gunicorn-$version gunicorn==$version gevent==25.9.1 tornado==6.5.8 uvicorn==0.37.0 uvicorn-worker==0.4.0 h2==4.3.0 flask==3.1.2
done
for version in 2.0.28 2.0.31; do
  install uwsgi-$version uwsgi==$version gevent==25.9.1 flask==3.1.2
done
