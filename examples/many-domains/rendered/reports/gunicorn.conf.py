# rendered by cdktf-wsgi: edit the construct many-domains/reports, not this file
wsgi_app = 'g:app'
chdir = '/app'
bind = ['0.0.0.0:8000']
workers = 3
worker_class = 'sync'
backlog = 2048
preload_app = False
timeout = 120
graceful_timeout = 120
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
