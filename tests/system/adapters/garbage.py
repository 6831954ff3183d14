"""Prints for its own pleasure on standard output."""

from plain import Plain


class Garbage(Plain):
    def client_connect(self, number, params):
        print("connecting \x1b[1mnow\x1b[0m")
        super().client_connect(number, params)


Garbage().serve()
