"""Adapters for guise: derive from `Adapter`, override what your client can do, and call `run()`.

    class Mine(Adapter):
        name, version, modes = "mine", "1.0", ("strict",)

        def connect(self, session, attempt):
            ...                      # one attempt to log in to attempt.host at attempt.address:attempt.port
            return "connected"       # or "refused", or ("refused", "expired"), or "failed"

    if __name__ == "__main__":
        Mine().run()

Each attempt runs in its own thread. Standard output is reserved for the protocol: `print` writes to standard error.
"""

import json
import os
import ssl
import sys
import threading
import traceback

LONGEST_LINE = 1 << 20
FLAGS = ("events", "clock", "instances", "resumption", "connections", "once", "identity")
# Capabilities that are declared by overriding a method: capability -> method.
DERIVED = {"pins": "pins", "forget": "forget", "restart": "restart", "mode_set": "set_mode"}


class Cancelled(Exception):
    """The attempt was cancelled while it waited."""


class Unsupported(Exception):
    """Raise `Unsupported(capability)` if the client does not support the request."""


class ClientCrashed(Exception):
    """Raise `ClientCrashed(signal)` if the client crashed."""


class Refusal(Exception):
    """A protocol error."""

    def __init__(self, code, message, data=None):
        super().__init__(message)
        self.answer = {"code": code, "message": message, **({} if data is None else {"data": data})}


class Session:
    """One instance of the client: `instance`, `mode`, `trust` (a PEM file), `state` (a folder), `event_url`,
    `identity` (a PEM file with a key and the client's own certificate; None if the adapter does not declare it).

    You can add your own attributes."""

    def __init__(self, params):
        self.instance = params["instance"]
        self.mode = params.get("mode")
        self.trust = params.get("trust", {}).get("file")
        self.state = params.get("state")
        self.event_url = params.get("event_url")
        self.identity = params.get("identity", {}).get("file")


class Attempt:
    """One attempt to log in. `cancelled` is an event that is set when the attempt must end."""

    def __init__(self, session, params):
        endpoint = params["endpoint"]
        self.session, self.number = session, params["attempt"]
        self.host, self.address, self.port = endpoint["host"], endpoint["address"], int(endpoint["port"])
        self.server = endpoint.get("server", self.host)
        self.url, self.service = params.get("url"), params.get("service", "http")
        self.secret, self.user = params.get("secret", ""), params.get("user", "")
        self.now, self.connections = params.get("now"), params.get("connections", 1)
        self.timeout = params.get("deadline_ms", 10_000) / 1000
        self.cancelled = threading.Event()
        self._closing, self._lock, self._answered = [], threading.Lock(), False

    def on_cancel(self, call):
        """Calls `call` when the attempt is cancelled, from another thread: close the socket there."""
        with self._lock:
            self._closing.append(call)
            late = self.cancelled.is_set()
        if late:
            call()

    def _cancel(self):
        with self._lock:
            self.cancelled.set()
            calls = list(self._closing)
        for call in calls:
            try:
                call()
            except Exception:
                traceback.print_exc()

    def _is_first_answer(self):
        with self._lock:
            first, self._answered = not self._answered, True
        return first


class Adapter:
    """The requests of guise to one client. Exceptions of the methods are reported as environment errors."""

    name = "client"
    version = "0"
    modes = ()
    prompts = ()  # of ask, warn, error
    events = clock = instances = resumption = connections = once = identity = False

    # To override; only `connect` is mandatory.

    def open(self, session):
        """Prepares the client. Returns the mode in force; None means the requested one."""

    def connect(self, session, attempt):
        """One attempt: an outcome, or (outcome, reason), or (outcome, reason, detail)."""
        raise NotImplementedError

    def restart(self, session):
        """Stops the client and starts it again, with the same state."""

    def set_mode(self, session, mode):
        """The mode for the next connection. `session.mode` is already set."""

    def pins(self, session):
        """The pins: {server: key}, or pairs; key is the hex SHA-256 of the SubjectPublicKeyInfo."""

    def forget(self, session, endpoint):
        """Makes the client forget the server at `endpoint` (a dict: host, address, port, server)."""

    def close(self, session):
        """The end of the instance."""

    # To call.

    def ask(self, kind="ask", certificate=None, choices=("connect", "decline"), needs=None, text="", attempt=None):
        """Shows a question to the user and waits: connect, once or decline. Raises Cancelled."""
        attempt = attempt or self._current.attempt
        params = self._about(attempt, kind=kind, certificate=certificate or {}, choices=list(choices), text=text)
        if needs:
            params["needs"] = needs
        answered, box = threading.Event(), []
        attempt.on_cancel(answered.set)
        with self._lock:
            self._last_id += 1
            number = self._last_id
            self._waiting[number] = lambda result: (box.append(result), answered.set())
        self._send({"id": number, "method": "prompt.show", "params": params})
        answered.wait()
        with self._lock:
            self._waiting.pop(number, None)
        if not box:
            raise Cancelled
        return box[0].get("choice", "decline")

    def event(self, name, faults=(), attempt=None):
        """Reports an event of the client, before the attempt ends."""
        attempt = attempt or self._current.attempt
        self._send({"method": "event", "params": self._about(attempt, name=name, faults=list(faults))})

    def log(self, text):
        """Writes a log message, which is stored and not judged."""
        self._send({"method": "log", "params": {"text": str(text)}})

    def capabilities(self):
        """The declared capabilities: from class members and overridden methods."""
        out = {"modes": list(self.modes), "prompts": list(self.prompts)}
        out.update({flag: bool(getattr(self, flag)) for flag in FLAGS})
        out.update({name: getattr(type(self), method) is not getattr(Adapter, method)
                    for name, method in DERIVED.items()})
        return out

    def run(self):
        """Handles requests until `shutdown` or the end of the input, then ends the process."""
        self._protect_output()
        self._sessions, self._attempts, self._waiting = {}, {}, {}
        self._lock, self._output_lock = threading.Lock(), threading.Lock()
        self._current, self._last_id = threading.local(), 0
        for line in sys.stdin.buffer:
            if line.strip() and self._take(json.loads(line)):
                break
        sys.stderr.flush()
        os._exit(0)  # whatever the attempts are still waiting for

    # The protocol.

    def _protect_output(self):
        self._output = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        sys.stdout = sys.stderr

    def _send(self, message):
        line = json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n"
        if len(line) > LONGEST_LINE:
            raise ValueError("a message of more than 1 MiB")
        with self._output_lock:
            while line:
                line = line[self._output.write(line):]

    @staticmethod
    def _about(attempt, **more):
        return {"instance": attempt.session.instance, "attempt": attempt.number,
                "server": {"host": attempt.host, "port": attempt.port}, **more}

    def _take(self, message):
        """Handles one message; true at `shutdown`."""
        if "method" not in message:
            with self._lock:
                answered = self._waiting.pop(message.get("id"), None)
            if answered:
                answered(message.get("result") or {})
            return False
        call = self.CALLS.get(message["method"])
        number, params = message.get("id"), message.get("params") or {}
        if call is None:
            self._send({"id": number, "error": Refusal(-32601, f"no method {message['method']!r}").answer})
            return False
        result = self._guarded(lambda: call(self, params, number))
        if result is not None:
            self._send({"id": number, **result})
        return message["method"] == "shutdown"

    def _guarded(self, work):
        """The result or the error of `work`; None if it answers later."""
        try:
            result = work()
            return None if result is None else {"result": result}
        except Refusal as refusal:
            return {"error": refusal.answer}
        except Unsupported as what:
            return {"error": Refusal(-32001, f"not supported: {what}", {"capability": str(what)}).answer}
        except ClientCrashed as crash:
            return {"error": Refusal(-32003, "the client crashed", {"signal": crash.args[0] if crash.args else 0}).answer}
        except Exception as error:
            traceback.print_exc()
            return {"error": Refusal(-32002, f"{type(error).__name__}: {error}").answer}

    def _session(self, params):
        session = self._sessions.get(params.get("instance"))
        if session is None:
            raise Refusal(-32602, f"no instance {params.get('instance')!r} is open")
        return session

    def _require(self, capability):
        if not self.capabilities()[capability]:
            raise Unsupported(capability)

    def _initialize(self, params, _number):
        if params.get("protocol") != 1:
            raise Refusal(-32602, "this adapter speaks protocol 1")
        return {"protocol": 1, "client": {"name": self.name, "version": self.version},
                "capabilities": self.capabilities()}

    def _open(self, params, _number):
        if not isinstance(params.get("instance"), str) or params["instance"] in self._sessions:
            raise Refusal(-32602, "instance: a name that is not open")
        session = Session(params)
        if session.mode is None and self.modes:
            session.mode = self.modes[0]
        elif session.mode is not None and session.mode not in self.modes:
            raise Refusal(-32602, f"no mode {session.mode!r}")
        session.mode = self.open(session) or session.mode
        self._sessions[session.instance] = session
        return {"mode": session.mode}

    def _connect(self, params, number):
        session = self._session(params)
        try:
            attempt = Attempt(session, params)
        except (KeyError, TypeError, ValueError) as wrong:
            raise Refusal(-32602, f"{type(wrong).__name__}: {wrong}") from None
        self._attempts[session.instance] = attempt
        threading.Thread(target=self._run_attempt, args=(session, attempt, number), daemon=True).start()

    def _run_attempt(self, session, attempt, number):
        self._current.attempt = attempt
        answer = self._guarded(lambda: self._outcome(session, attempt))
        if attempt.cancelled.is_set():
            answer = {"result": {"outcome": "cancelled"}}
        if attempt._is_first_answer():
            self._send({"id": number, **answer})

    def _outcome(self, session, attempt):
        try:
            told = self.connect(session, attempt)
        except Cancelled:
            return {"outcome": "cancelled"}
        except ssl.SSLError as error:
            told = ("refused", "protocol", str(error))
        except OSError as error:
            told = ("failed", None, str(error))
        told = (told,) if isinstance(told, str) else told
        return {key: value for key, value in zip(("outcome", "reason", "detail"), told) if value is not None}

    def _cancel(self, params, _number):
        attempt = self._attempts.get(self._session(params).instance)
        if attempt and attempt.number == params.get("attempt"):
            attempt._cancel()
        return {}

    def _restart(self, params, _number):
        self._require("restart")
        self.restart(self._session(params))
        return {}

    def _set_mode(self, params, _number):
        self._require("mode_set")
        session = self._session(params)
        if params.get("mode") not in self.modes:
            raise Refusal(-32602, f"no mode {params.get('mode')!r}")
        session.mode = params["mode"]
        self.set_mode(session, session.mode)
        return {}

    def _pins(self, params, _number):
        self._require("pins")
        pins = self.pins(self._session(params)) or {}
        pairs = pins.items() if isinstance(pins, dict) else pins
        return {"pins": [{"server": server, "key": key} for server, key in pairs]}

    def _forget(self, params, _number):
        self._require("forget")
        self.forget(self._session(params), params.get("endpoint") or {})
        return {}

    def _close(self, params, _number):
        session = self._session(params)
        del self._sessions[session.instance]
        self.close(session)
        return {}

    def _shutdown(self, _params, _number):
        for session in list(self._sessions.values()):
            self.close(session)
        return {}

    CALLS = {"initialize": _initialize, "session.open": _open, "client.connect": _connect,
             "client.cancel": _cancel, "client.restart": _restart, "mode.set": _set_mode, "pins.get": _pins,
             "pins.forget": _forget, "session.close": _close, "shutdown": _shutdown}
