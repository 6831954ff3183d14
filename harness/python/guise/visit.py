"""One scenario at one address, and what the client did there.

Each thing that a test asserts is a `Fact`: true or false, and its text says what the server saw. So a plain `assert`
that fails explains itself.
"""

import base64
import time

LONGEST = 200  # of a fact's text: pytest cuts at 240
SENT = ("data", "confidential")  # outcomes in which the client sent data that is not listed as public


class Fact(int):
    """A truth value that says what it rests on."""

    def __new__(cls, value, text):
        fact = super().__new__(cls, bool(value))
        fact.text = text
        return fact

    def __repr__(self):
        return f"<{self.text}>"

    def __str__(self):
        return self.text


class Alert(str):
    """The name of the client's fatal TLS alert, with its `code`; `in_clear` where it came unencrypted."""

    def __new__(cls, seen):
        alert = super().__new__(cls, seen["name"])
        alert.code, alert.in_clear = seen["code"], seen["in_clear"]
        return alert


class Outcome:
    """What a client did in a visit.

    `word` is how far it went, in the words of the reports (`refused-alert`, `data`, ...), `decision` is "accept",
    "refuse" or None, and `sentence` tells it. Silence is neither accepted nor refused."""

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
        """It went on with the server: it sent data."""
        return Fact(self.decision == "accept", self._with_what_it_sent())

    @property
    def refused(self):
        """It ended the connection by itself after it had seen the certificate, and had sent nothing. As long as another
        connection is open, that is not known."""
        return Fact(self.decision == "refuse" and not self.open, self._with_what_it_sent())

    @property
    def leaked(self):
        """Something crossed that is not public: the canary if the client was given it, else its request."""
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
    """A scenario at an address: what to give to the client, and what it did.

    `url`, `host`, `address`, `port`: where; `ca_file`, `ca_pem`: what to trust; `canary`: a secret to send, if you like;
    `scenario`, `number`, `visits`: what is shown. `url` names localhost, which each certificate is good for as much as
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
        """The client's last fatal alert; None where it sent none."""
        return self.outcome.alert

    @property
    def request(self):
        """All that the client sent over TLS, as text."""
        return self.outcome.request

    @property
    def leaked(self):
        """Something crossed that is not public: the canary if the client was given it, else its request."""
        return self.outcome.leaked

    @property
    def evidence(self):
        """Each connection as results.jsonl has it: handshake, alerts, times, bytes."""
        return self._last["evidence"] if self._last else self._observe()["evidence"]

    def wait(self, connections=1, timeout=None):
        """The outcome once so many connections have ended and none is open; that so far, where time runs out."""
        waited = self.timeout if timeout is None else timeout
        return Outcome(self._last or self._settled(connections, waited), waited)

    def so_far(self):
        """The outcome as it is now."""
        return Outcome(self._last or self._observe(), 0)

    def swap(self, scenario=None):
        """Shows the next visit at the same address, or the first of another scenario. The visit itself, changed."""
        self._settled(0, self.timeout)  # what is still going on belongs to what was shown before
        named = {} if scenario is None else {"scenario": scenario}
        self._take(self._ask("swap", handle=self._handle, **named))
        return self

    def close(self, wait=True):
        """Ends the listener. What was seen stays; `wait`: with the end of connections that are still open."""
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
        """Waits, and looks once more: a connection that waited for its turn has come in by then."""
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
    """What a client sent, as the channel gives it: text, or base64 where it is none."""
    return sent if isinstance(sent, str) else base64.b64decode(sent["base64"]).decode("utf-8", "backslashreplace")


def told(visit):
    """Some lines for a reader: what a visit showed and what came."""
    outcome = visit.so_far()
    lines = [f"{visit.scenario}, visit {visit.number} of {visit.visits}, at {visit.url}", f"  {outcome}"]
    for connection in visit.evidence:
        alerts = ", ".join(f"alert {each['name']}" for each in connection["alerts"] if each["direction"] == "received")
        lines.append(f"  connection from {connection['peer']}: {connection['version'] or 'no TLS'}, "
                     f"{connection['ending']}{', ' + alerts if alerts else ''}")
        for what, sent in (("it sent", connection["application"]), ("it sent in clear", connection["clear"])):
            lines += [f"  {what}:", *(f"    {line}" for line in _as_text(sent).splitlines() if line)] if sent else []
    return "\n".join(lines)
