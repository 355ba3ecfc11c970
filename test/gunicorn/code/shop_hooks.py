import os


def fired(name):
    with open(os.environ["FIRED"], "a") as file:
        file.write(name + "\n")


def when_ready(server):
    fired("when_ready")


def post_fork(server, worker):
    fired("post_fork")


def worker_int(worker):
    fired("worker_int")


def pre_exec(server):
    fired("pre_exec")


def post_request(worker, req, environ, resp):
    fired("post_request")


def worker_exit(server, worker):
    fired("worker_exit")


def on_exit(server):
    fired("on_exit")


def ssl_context(config, default_ssl_context_factory):
    fired("ssl_context")
    return default_ssl_context_factory()


def dirty_post_fork(arbiter, worker):
    fired("dirty_post_fork")


def dirty_worker_exit(arbiter, worker):
    fired("dirty_worker_exit")
