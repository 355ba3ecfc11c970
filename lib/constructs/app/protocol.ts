/** What uWSGI speaks to nginx. */
export enum UwsgiProtocol {
  /** uWSGI's own binary protocol (`uwsgi_pass`): cheapest to parse, unbounded header lines. */
  UWSGI = 'uwsgi',
  /** HTTP by the workers themselves (`http-socket`, `proxy_pass`). */
  HTTP = 'http',
}

/** What gunicorn speaks to nginx. */
export enum GunicornProtocol {
  /** HTTP (`proxy_pass`). */
  HTTP = 'http',
  /** uWSGI's binary protocol (`uwsgi_pass`), from gunicorn 24.0. */
  UWSGI = 'uwsgi',
}
