"""Tells of more than anybody wants to read."""

from plain import Plain


class Flood(Plain):
    def client_connect(self, _number, _params):
        while True:
            self.send({"method": "log", "params": {"text": "still connecting"}})


Flood().serve()
