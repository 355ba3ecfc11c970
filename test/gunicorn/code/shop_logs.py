from gunicorn.instrument.statsd import Statsd


class OwnLogger(Statsd):
    pass
