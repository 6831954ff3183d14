"""A correct adapter, written without the SDK, whose client fails if no server listens; otherwise it waits to be cancelled.

The other files of this folder are this one with one thing wrong.
"""

import json
import socket
import sys

CAPABILITIES = {"modes": ["strict", "disabled"], "prompts": ["ask"], "events": True, "pins": True, "forget": True,
                "restart": True, "mode_set": True, "instances": True}


class Plain:
    capabilities = CAPABILITIES

    def __init__(self):
        self.open = {}
        self.pending = {}

    def serve(self):
        for line in sys.stdin:
            message = json.loads(line)
            if "method" not in message:
                self.answered(message)
                continue
            self.take(message["id"], message["method"], message.get("params", {}))
            if message["method"] == "shutdown":
                return

    def take(self, number, method, params):
        handler = getattr(self, method.replace(".", "_"), None)
        if handler is None:
            self.refuse(number, -32601, f"no method {method}")
        elif method not in ("initialize", "shutdown") and not isinstance(params.get("instance"), str):
            self.refuse(number, -32602, "no instance")
        else:
            handler(number, params)

    def initialize(self, number, _params):
        self.result(number, {"protocol": 1, "client": {"name": "plain", "version": "1.0"},
                             "capabilities": self.capabilities})

    def session_open(self, number, params):
        self.open[params["instance"]] = params.get("mode", "strict")
        self.result(number, {"mode": self.open[params["instance"]]})

    def client_connect(self, number, params):
        if "endpoint" not in params:
            return self.refuse(number, -32602, "no endpoint")
        try:
            socket.create_connection((params["endpoint"]["address"], params["endpoint"]["port"]), 5).close()
        except OSError as error:
            return self.result(number, {"outcome": "failed", "detail": str(error)})
        self.pending[params["instance"]] = number

    def client_cancel(self, number, params):
        self.result(number, {})
        self.result(self.pending.pop(params["instance"]), {"outcome": "cancelled"})

    def client_restart(self, number, _params):
        self.result(number, {})

    def mode_set(self, number, params):
        self.open[params["instance"]] = params["mode"]
        self.result(number, {})

    def pins_get(self, number, _params):
        self.result(number, {"pins": []})

    def pins_forget(self, number, _params):
        self.result(number, {})

    def session_close(self, number, params):
        del self.open[params["instance"]]
        self.result(number, {})

    def shutdown(self, number, _params):
        self.result(number, {})

    def answered(self, message):
        """The answer to a question of this adapter's."""

    def result(self, number, result):
        self.send({"id": number, "result": result})

    def refuse(self, number, code, text, data=None):
        self.send({"id": number, "error": {"code": code, "message": text, "data": data}})

    def send(self, message):
        print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


if __name__ == "__main__":
    Plain().serve()
