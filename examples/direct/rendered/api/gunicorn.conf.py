# rendered by cdktf-wsgi: edit the construct direct/api, not this file
wsgi_app = 'api:app'
chdir = '/app'
bind = ['0.0.0.0:5000']
workers = 3
worker_class = 'sync'
backlog = 2048
preload_app = False
timeout = 30
graceful_timeout = 30
keepalive = 75
secure_scheme_headers = {'X-FORWARDED-PROTO': 'https'}
forwarded_allow_ips = '127.0.0.1'
loglevel = 'info'
accesslog = '-'
errorlog = '-'
worker_tmp_dir = '/dev/shm'


def post_worker_init(worker):
    open('/tmp/.loaded', 'w').close()
