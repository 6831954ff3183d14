"""Declares `pins` and `restart`, and refuses what they stand for."""

from plain import Plain


class CapabilityRefused(Plain):
    def pins_get(self, number, _params):
        self.refuse(number, -32001, "not supported", {"capability": "pins"})

    def client_restart(self, number, _params):
        self.refuse(number, -32001, "not supported", {"capability": "restart"})


CapabilityRefused().serve()
