"""One scenario at one address, and what the client did there.

Every property for assertions is a `Fact`: true or false, with a text that says what the server saw. So a failing plain
`assert` explains itself.
"""

import base64
import time

LONGEST = 200  # of a fact's text: pytest cuts at 240
SENT = ("data", "confidential")  # outcomes in which the client sent data that is not listed as public


class Fact(int):
    """A truth value with its evidence as text."""

    def __new__(cls, value, text):
        fact = super().__new__(cls, bool(value))
        fact.text = text
        return fact

    def __repr__(self):
        return f"<{self.text}>"

    def __str__(self):
        return self.text


class Alert(str):
    """The name of the client's fatal TLS alert, with its `code`; `in_clear` if it came unencrypted."""

    def __new__(cls, seen):
        alert = super().__new__(cls, seen["name"])
        alert.code, alert.in_clear = seen["code"], seen["in_clear"]
        return alert


class Outcome:
    """What a client did in a visit.

    `word` is how far the client went, in the words of the reports (`refused-alert`, `data`, ...), `decision` is "accept",
    "refuse" or None, and `sentence` describes it. Silence is neither accepted nor refused."""

    def __init__(self, seen, waited):
        self.word, self.decision = seen["outcome"], seen["decision"]
        self.request = _as_text(seen["request"])
        self.alert = Alert(seen["alert"]) if seen["alert"] else None
        self.connections, self.open = seen["connections"], seen["open"]
        self.timed_out = seen.get("timed_out", False)
        self._clear = "".join(_as_text(each["clear"]) for each in seen.get("evidence", ()))
        self.sentence = self._in_words(seen, waited)

    @property
    def accepted(self):
        """The client went on: it sent data."""
        return Fact(self.decision == "accept", self._with_what_it_sent())

    @property
    def refused(self):
        """The client ended the connection after it had seen the certificate, without sending data. Unknown as long as another
        connection is open."""
        return Fact(self.decision == "refuse" and not self.open, self._with_what_it_sent())

    @property
    def leaked(self):
        """The client sent confidential data: the canary if it was given one, otherwise its request."""
        return Fact(self.word in SENT or self._clear, self._with_what_it_sent())

    def _in_words(self, seen, waited):
        if self.timed_out and self.open:
            said = f"{seen['sentence']}, and " if self.connections else ""
            return f"the client {said}had a connection still open after {waited:g} s"
        if self.timed_out and not self.connections:
            return f"no client connected within {waited:g} s"
        if self.timed_out:
            return f"the client {seen['sentence']}; {self.connections} connections came within {waited:g} s"
        return f"the client {seen['sentence']}"

    def _with_what_it_sent(self):
        sent = self.request or self._clear
        if not sent:
            return self.sentence
        lines = [line for line in sent.splitlines() if line.strip()]
        room = max(LONGEST - len(self.sentence), 40)
        text = ", ".join(lines)
        return f"{self.sentence}: {text if len(text) <= room else text[:room] + '...'}"

    def __eq__(self, other):
        return self.word == (other.word if isinstance(other, Outcome) else other)

    def __hash__(self):
        return hash(self.word)

    def __repr__(self):
        return f"<Outcome {self.word}>"

    def __str__(self):
        return self.sentence


class Visit:
    """A scenario at an address: the settings for the client, and what it did.

    `url`, `host`, `address`, `port`: where to connect; `ca_file`, `ca_pem`: the root to trust; `canary`: an optional secret;
    `scenario`, `number`, `visits`: what is presented. `url` names localhost, for which each certificate is as valid as
    for `host`."""

    def __init__(self, ask, shown, timeout):
        self._ask, self.timeout = ask, timeout
        self._last = None
        self._take(shown)

    @property
    def outcome(self):
        """What the client did. Waits until a connection has ended and none is open, `timeout` seconds at most."""
        return self.wait()

    @property
    def alert(self):
        """The client's last fatal alert; None if it sent none."""
        return self.outcome.alert

    @property
    def request(self):
        """All that the client sent over TLS, as text."""
        return self.outcome.request

    @property
    def leaked(self):
        """The client sent confidential data: the canary if it was given one, otherwise its request."""
        return self.outcome.leaked

    @property
    def evidence(self):
        """The connections as in results.jsonl: handshake, alerts, times, bytes."""
        return self._last["evidence"] if self._last else self._observe()["evidence"]

    def wait(self, connections=1, timeout=None):
        """The outcome after this number of connections has ended and none is open; after a timeout, the outcome so far."""
        waited = self.timeout if timeout is None else timeout
        return Outcome(self._last or self._settled(connections, waited), waited)

    def so_far(self):
        """The outcome as it is now."""
        return Outcome(self._last or self._observe(), 0)

    def swap(self, scenario=None):
        """Presents the next visit at the same address, or the first of another scenario. Returns this object, changed."""
        self._settled(0, self.timeout)  # open connections belong to the previous visit
        named = {} if scenario is None else {"scenario": scenario}
        self._take(self._ask("swap", handle=self._handle, **named))
        return self

    def close(self, wait=True):
        """Closes the listener and keeps the evidence; `wait`: waits for the end of open connections."""
        if wait and self._last is None:
            self._settled(0, self.timeout)
        if self._last is None:
            self._last = self._ask("close", handle=self._handle, evidence=True)

    def _take(self, shown):
        self._handle, self.scenario = shown["handle"], shown["scenario"]
        self.number, self.visits = shown["visit"], shown["visits"]
        self.url, self.host, self.address, self.port = shown["url"], shown["host"], shown["address"], shown["port"]
        self.ca_file, self.ca_pem, self.canary = shown["trust"], shown["trust_pem"], shown["canary"]

    def _observe(self):
        return self._ask("observe", handle=self._handle, evidence=True)

    def _settled(self, connections, timeout):
        """Waits, and checks again: a queued connection has been accepted by then."""
        until = time.monotonic() + timeout
        while True:
            left = max(0, round((until - time.monotonic()) * 1000))
            seen = self._ask("wait", handle=self._handle, connections=connections, timeout_ms=left, evidence=True)
            now = self._observe()
            if seen["timed_out"] or (now["connections"], now["open"]) == (seen["connections"], 0):
                return seen

    def __repr__(self):
        return f"<Visit {self.number} of {self.scenario} at {self.url}>"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _as_text(sent):
    """What a client sent, as in the control protocol: text, or base64 if it is not text."""
    return sent if isinstance(sent, str) else base64.b64decode(sent["base64"]).decode("utf-8", "backslashreplace")


def told(visit):
    """A few readable lines: what a visit presented, and the connections to it."""
    outcome = visit.so_far()
    lines = [f"{visit.scenario}, visit {visit.number} of {visit.visits}, at {visit.url}", f"  {outcome}"]
    for connection in visit.evidence:
        alerts = ", ".join(f"alert {each['name']}" for each in connection["alerts"] if each["direction"] == "received")
        lines.append(f"  connection from {connection['peer']}: {connection['version'] or 'no TLS'}, "
                     f"{connection['ending']}{', ' + alerts if alerts else ''}")
        for what, sent in (("it sent", connection["application"]), ("it sent in clear", connection["clear"])):
            lines += [f"  {what}:", *(f"    {line}" for line in _as_text(sent).splitlines() if line)] if sent else []
    return "\n".join(lines)
