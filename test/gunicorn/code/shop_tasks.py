from gunicorn.dirty.app import DirtyApp


class Adder(DirtyApp):
    def init(self):
        pass

    def add(self, one, other):
        return one + other

    def close(self):
        pass
