"""Answers no attempt, and no cancelling of one."""

from plain import Plain


class Hangs(Plain):
    def client_connect(self, _number, _params):
        pass

    client_cancel = client_connect


Hangs().serve()
