# What the scripts beside it share. The engine `stable` is Debian's own on this machine; `testing` is the one of Debian testing, in a
# root, a mount namespace and a network namespace of its own, so that both can run at once.
engine=${1:-stable}
home=${ENGINE_FOLDER:-/var/tmp/cdktf-wsgi-engine}
folder=$home/$engine
socket=$folder/docker.sock

# Has the tests' own beginning, as everything that they make.
base=engine-test-base:12

case $engine in
  stable | testing) ;;
  *) echo "there is no engine $engine: give stable or testing" >&2; exit 2 ;;
esac

# Outlives its engine, so that what asks the engine's ports finds them again after a restart of it.
netns=cdktf-wsgi-testing

answers() { docker --host "unix://$socket" info >/dev/null 2>&1; }
