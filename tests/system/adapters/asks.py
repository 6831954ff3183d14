"""Asks its user at every attempt, and connects where the answer is connect; the server's label says how it asks."""

from plain import CAPABILITIES, Plain

KEY = "ab" * 32


class Asks(Plain):
    capabilities = {**CAPABILITIES, "once": True}
    choices = {"warned": ["connect", "decline"], "stuck": []}

    def client_connect(self, number, params):
        endpoint, label = params["endpoint"], params["endpoint"]["server"]
        self.pending[params["instance"]] = number
        self.about = {"instance": params["instance"], "attempt": params["attempt"],
                      "server": {"host": endpoint["host"], "port": endpoint["port"]}}
        self.send({"method": "event", "params": {**self.about, "name": "Certificate Error", "faults": ["expired"]}})
        kind = {"warned": "warn", "stuck": "error"}.get(label, "ask")
        question = {"kind": kind, "choices": self.choices.get(label, ["connect", "once", "decline"]), "text": "Sure?",
                    "certificate": {"signer": "self", "sha256": "AB:CD"}}
        if kind == "warn":
            question.update(needs="explicit-trust")
            question["certificate"]["faults"] = ["expired"]
        self.send({"id": "q1", "method": "prompt.show", "params": {**self.about, **question}})
        if label == "goes-on":
            self.finish("connected")

    def answered(self, message):
        choice = message["result"]["choice"]
        assert message["result"]["explicit_trust"] == (choice != "decline")
        self.finish("refused" if choice == "decline" else "connected")

    def finish(self, outcome):
        number = self.pending.pop(self.about["instance"])
        reason = {"reason": "declined"} if outcome == "refused" else {}
        self.result(number, {"outcome": outcome, "detail": "as the user says", **reason})

    def pins_get(self, number, _params):
        self.result(number, {"pins": [{"server": "a", "key": KEY}]})


Asks().serve()
