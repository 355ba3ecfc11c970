# rendered by cdktf-wsgi: edit the construct many-domains/api, not this file
import socket

wsgi_app = 'g:app'
chdir = '/app'
bind = ['unix:/run/wsgi/' + socket.gethostname() + '.sock']
umask = 0o117
workers = 2
worker_class = 'gthread'
threads = 4
backlog = 2048
preload_app = False
timeout = 30
graceful_timeout = 30
keepalive = 75
limit_request_line = 8190
limit_request_fields = 1024
limit_request_field_size = 32768
secure_scheme_headers = {'X-FORWARDED-PROTO': 'https'}
forwarded_allow_ips = '*'
loglevel = 'info'
errorlog = '-'
worker_tmp_dir = '/dev/shm'


def post_worker_init(worker):
    open('/tmp/.loaded', 'w').close()


def post_request(worker, req, environ, resp):
    while req.body.read(65536):
        pass
