"""Answers an attempt under another number."""

from plain import Plain


class WrongId(Plain):
    def client_connect(self, number, params):
        super().client_connect(number + 1000, params)


WrongId().serve()
