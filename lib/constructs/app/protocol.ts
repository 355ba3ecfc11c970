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
  /** uWSGI's binary protocol (`uwsgi_pass`), from gunicorn 27.0: older ones spoil answers whose length is not told. */
  UWSGI = 'uwsgi',
}
