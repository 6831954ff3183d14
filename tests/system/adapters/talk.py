"""A conversation with an adapter, without guise: sends requests, and stores responses and notifications."""

import json
import subprocess
import sys


class Talk:
    def __init__(self, script):
        self.process = subprocess.Popen([sys.executable, "-B", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.last, self.calls = 0, []

    def ask(self, method, **params):
        """The answer to a request: its result, or its error."""
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        while True:
            message = json.loads(self.process.stdout.readline())
            if message.get("id") == self.last and "method" not in message:
                return message.get("result", message.get("error"))
            self.calls.append(message)

    def send(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def events(self):
        """The events since the last call."""
        events = [call["params"] for call in self.calls if call["method"] == "event"]
        self.calls = []
        return events

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.code = self.process.wait(30)
