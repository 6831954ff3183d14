"""`guise serve --control` as a Python object: a TLS server that presents the requested scenarios.

    with Server() as server:
        visit = server.present("validity/expired")
        my_client(visit.url, visit.ca_file)
        assert visit.outcome.refused

One server presents any number of scenarios at the same time, each at its own address. It is thread-safe.
"""

import json
import queue
import subprocess
import tempfile
import threading
from pathlib import Path

from guise.program import GuiseError, Program
from guise.visit import Visit

PATIENCE = 10.0  # seconds that `visit.outcome` waits for a client


class Talk:
    """JSON-RPC over the pipes of a process. A separate thread reads, so that a long response does not delay others."""

    def __init__(self, process, why_it_ended):
        self._process, self._why_it_ended = process, why_it_ended
        self._lock, self._waiting, self._last, self._over = threading.Lock(), {}, 0, False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, method, **params):
        """The result of one call. Raises GuiseError with the message of the server, or the reason why it has ended."""
        answer = self._begin(method, params).get()
        if answer is None:
            raise GuiseError(self._why_it_ended())
        if "error" in answer:
            raise GuiseError(answer["error"]["message"])
        return answer["result"]

    def join(self):
        """Waits until the end of the output."""
        self._reader.join()

    def _begin(self, method, params):
        box = queue.SimpleQueue()
        with self._lock:
            self._last += 1
            request = {"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}
            try:
                if self._over:
                    raise BrokenPipeError
                self._waiting[self._last] = box
                self._process.stdin.write(json.dumps(request).encode() + b"\n")
                self._process.stdin.flush()
            except (OSError, ValueError):
                box.put(None)
        return box

    def _read(self):
        for line in self._process.stdout:
            answer = json.loads(line)
            with self._lock:
                box = self._waiting.pop(answer["id"], None)
            if box:
                box.put(answer)
        with self._lock:
            self._over = True
            boxes = list(self._waiting.values())
        for box in boxes:
            box.put(None)


class Server:
    """A running `guise serve --control`; a context manager that ends it.

    `program` is the path of guise or a `Program`; None: guise is searched. `folder` is for the trust files."""

    def __init__(self, program=None, folder=None):
        self.program = program if isinstance(program, Program) else Program(program)
        self._temporary = None if folder else tempfile.TemporaryDirectory(prefix="guise-")
        self.folder = Path(folder or self._temporary.name)
        self._errors = self.folder / "server.err"
        with self._errors.open("wb") as errors:
            # In its own session, so that an interrupt goes only to the tests. It ends when its input is closed.
            self._process = subprocess.Popen(self.program.command("serve", "--control", "--dir", self.folder),
                                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                                             start_new_session=True)
        self._talk = Talk(self._process, self._why_it_ended)

    def present(self, scenario, visit=1, port=0, timeout=PATIENCE):
        """Presents a scenario at its own address, starting with one of its visits: a `Visit`.

        `scenario` is an id; without a variant, its first variant is used. `timeout` is how many seconds
        `outcome` waits for the client. Raises GuiseError if there is no such scenario."""
        shown = self._talk.ask("present", scenario=scenario, visit=visit, port=port)
        return Visit(self._talk.ask, shown, timeout)

    def scenarios(self, *only):
        """The available scenarios: a list of dicts with id, title, severity, control, visits."""
        return self._talk.ask("list", only=list(only))

    def close(self):
        """Ends the server."""
        if not self._process.stdin.closed:
            try:
                self._process.stdin.close()
            except OSError:
                pass  # it has already ended
        self._process.wait()
        self._talk.join()
        self._process.stdout.close()
        if self._temporary:
            self._temporary.cleanup()

    def _why_it_ended(self):
        code = self._process.wait()
        said = self._errors.read_text(errors="replace").strip() if self._errors.exists() else ""
        return said or f"the server of guise ended with {code}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
