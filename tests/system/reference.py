"""What the tests of the reference client need: the client behind its protocol, a small server, and certificates.

    test --- requests, answers ---> guise-reference-client --- TLS ---> VmsServer

Certificates are made by the openssl of the system when a test asks for them. The server is a thread that answers as the
vendor's server does and keeps every request that it gets.
"""

import itertools
import json
import os
import socket
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

import program

HOST = "vms.guise.test"
CONTEXTS = itertools.count()


def find_client():
    """The reference client: GUISE_REFERENCE_CLIENT, else the one that was built beside the program under test."""
    if given := os.environ.get("GUISE_REFERENCE_CLIENT"):
        return Path(given).resolve()
    return program.find_program().parent / "guise-reference-client"


@dataclass(frozen=True)
class Identity:
    """A certificate and its key, in files."""

    certificate: Path
    key: Path

    @property
    def pem(self):
        return self.certificate.read_text()

    def fingerprint(self):
        shown = openssl("x509", "-in", self.certificate, "-noout", "-fingerprint", "-sha256")
        return shown.strip().split("=")[1].replace(":", "").lower()


def openssl(*arguments):
    done = subprocess.run([program.tool("openssl"), *map(str, arguments)], capture_output=True, text=True,
                          timeout=program.PATIENCE)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Workshop:
    """Makes keys and certificates below a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.root = self.self_signed("root", name="test root", ca=True)

    def key(self, label):
        file = self.folder / f"{label}.key"
        if not file.exists():
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file)
        return file

    def self_signed(self, label, key="", name=HOST, days=30, ca=False):
        file = self.folder / f"{label}.crt"
        extensions = ["-addext", f"subjectAltName=DNS:{name.replace(' ', '-')}"]
        if not ca:
            extensions += ["-addext", "basicConstraints=critical,CA:FALSE"]
        openssl("req", "-x509", "-new", "-key", self.key(key or label), "-subj", f"/CN={name}", "-days", days,
                "-out", file, *extensions)
        return Identity(file, self.key(key or label))

    def signed(self, label, name=HOST, days=30, extra=""):
        """A leaf below the root. A negative number of days: it has expired."""
        file, request, settings = (self.folder / f"{label}.{end}" for end in ("crt", "csr", "cnf"))
        settings.write_text(f"basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:{name}\n{extra}\n")
        openssl("req", "-new", "-key", self.key(label), "-subj", f"/CN={name}", "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.root.certificate, "-CAkey", self.root.key,
                "-CAcreateserial", "-days", days, "-extfile", settings, "-out", file)
        return Identity(file, self.key(label))


@dataclass
class Connection:
    """What one connection has brought."""

    requests: list = field(default_factory=list)
    tls: bool = False
    resumed: bool = False


class VmsServer:
    """The vendor's server, as far as a login goes. `present` says what it shows from now on."""

    def __init__(self, identity, tickets=False):
        self.tickets = tickets
        self.contexts = {}
        self.connections = []
        self.claimed = None
        self.version = "5.1.0.0"
        self.swap_to = None  # shown from the second connection of the next attempt on
        self.present(identity)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def present(self, identity):
        self.identity = identity
        if identity not in self.contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.num_tickets = 2 if self.tickets else 0
            if not self.tickets:
                context.options |= ssl.OP_NO_TICKET
            context.load_cert_chain(identity.certificate, identity.key)
            self.contexts[identity] = context

    def listen(self):
        while True:
            try:
                raw = self.listener.accept()[0]
            except OSError:
                return
            raw.settimeout(program.PATIENCE)
            shown, connection = self.identity, Connection()
            self.connections.append(connection)
            if self.swap_to:
                self.present(self.swap_to)
                self.swap_to = None
            threading.Thread(target=self.serve, args=(raw, shown, connection), daemon=True).start()

    def serve(self, raw, shown, connection):
        try:
            if raw.recv(1, socket.MSG_PEEK) != b"\x16":
                connection.requests.append(raw.recv(65536).decode())
                raw.close()
                return
            with self.contexts[shown].wrap_socket(raw, server_side=True) as tls:
                connection.tls, connection.resumed = True, tls.session_reused
                while request := self.read_request(tls):
                    connection.requests.append(request)
                    tls.sendall(self.answer(request, shown))
        except OSError:
            pass

    @staticmethod
    def read_request(tls):
        text = b""
        while b"\r\n\r\n" not in text:
            got = tls.recv(65536)
            if not got:
                return ""
            text += got
        head, _, body = text.partition(b"\r\n\r\n")
        sizes = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        while sizes and len(body) < int(sizes[0]):
            body += tls.recv(65536)
        return (head + b"\r\n\r\n" + body).decode()

    def answer(self, request, shown):
        body = {}
        if "moduleInformation" in request:
            body = {"reply": {"version": self.version}}
        elif "/info" in request:
            body = [{"certificatePem": (self.claimed or shown).pem, "userProvidedCertificatePem": ""}]
        text = json.dumps(body)
        public = "moduleInformation" in request or "/info" in request
        last = "" if public else "Connection: close\r\n"  # the next visit finds what is shown then
        return f"HTTP/1.1 200 OK\r\n{last}Content-Length: {len(text)}\r\n\r\n{text}".encode()

    def requests(self):
        return [request for connection in self.connections for request in connection.requests]

    def secrets(self, secret):
        """The requests that have brought the secret."""
        return [request for request in self.requests() if secret in request]

    def close(self):
        self.listener.close()


class Client:
    """The reference client behind its protocol."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.errors = (folder / "client.err").open("w")
        self.process = subprocess.Popen([find_client(), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True, env=program.environment(folder))
        self.guard = threading.Timer(program.PATIENCE, self.process.kill)
        self.guard.start()
        self.ids = itertools.count(1)
        self.waiting = []  # messages that were read before somebody asked for them

    def send(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def request(self, method, **params):
        number = next(self.ids)
        self.send({"id": number, "method": method, "params": params})
        return number

    def receive(self, wanted):
        """The first message, read already or still to come, for which `wanted` holds."""
        for message in self.waiting:
            if wanted(message):
                self.waiting.remove(message)
                return message
        while line := self.process.stdout.readline():
            message = json.loads(line)
            assert message["jsonrpc"] == "2.0"
            if wanted(message):
                return message
            self.waiting.append(message)
        raise AssertionError(f"the client has ended: {(self.folder / 'client.err').read_text()}")

    def answer_to(self, number):
        return self.receive(lambda message: message.get("id") == number and "method" not in message)

    def call(self, method, **params):
        answer = self.answer_to(self.request(method, **params))
        assert "result" in answer, answer
        return answer["result"]

    def prompt(self):
        return self.receive(lambda message: message.get("method") == "prompt.show")

    def answer(self, prompt, choice, tick=True):
        self.send({"id": prompt["id"], "result": {"choice": choice, "explicit_trust": tick}})

    def end(self):
        if self.process.poll() is None:
            self.request("shutdown")
        self.process.stdin.close()
        code = self.process.wait(program.PATIENCE)
        self.guard.cancel()
        self.process.stdout.close()
        self.errors.close()
        return code


@dataclass
class Attempt:
    """What became of one client.connect."""

    result: dict
    prompts: list
    events: list
    secret: str
    sent: list  # the requests that have brought the secret

    @property
    def outcome(self):
        return self.result["outcome"]

    @property
    def kinds(self):
        return [prompt["kind"] for prompt in self.prompts]

    @property
    def decision(self):
        return self.kinds[0] if self.kinds else {"connected": "accept"}.get(self.outcome, "refuse")


class Bench:
    """One client instance in front of one server."""

    def __init__(self, folder, server, trust, *arguments, mode=None, instance="a", client=None):
        self.server, self.instance, self.trust = server, instance, trust
        self.state = folder / f"state-{instance}-{next(CONTEXTS)}"
        self.state.mkdir()
        self.client = client or Client(folder, *arguments)
        if client is None:
            self.client.call("initialize", protocol=1, suite={"name": "test", "version": "1"})
        mode = {} if mode is None else {"mode": mode}
        self.opened = self.client.call("session.open", instance=instance, trust={"file": str(trust)},
                                       state=str(self.state), **mode)
        self.attempts = itertools.count(1)

    def call(self, method, **params):
        return self.client.call(method, instance=self.instance, **params)

    def endpoint(self, **changes):
        return {"host": HOST, "address": "127.0.0.1", "port": self.server.port, "server": "main", **changes}

    def start(self, service="vms", endpoint=None, **params):
        """Sends client.connect; its request number, its own number and the secret."""
        number = next(self.attempts)
        secret = f"canary-{self.instance}-{number}-of-this-visit"
        endpoint = self.endpoint(**(endpoint or {}))
        params = {"deadline_ms": 60_000, **params}
        request = self.client.request("client.connect", instance=self.instance, attempt=number, endpoint=endpoint,
                                      url=f"https://{HOST}:{self.server.port}/path", service=service, secret=secret,
                                      user="admin", **params)
        return request, number, secret

    def visit(self, answer="decline", tick=True, service="vms", endpoint=None, **params):
        """One attempt from its beginning to its end; every question gets `answer`."""
        request, _, secret = self.start(service, endpoint, **params)
        prompts, events = [], []
        while True:
            message = self.client.receive(lambda each: "method" in each or each.get("id") == request)
            if message.get("method") == "event":
                events.append(message["params"])
            elif message.get("method") == "prompt.show":
                prompts.append(message["params"])
                self.client.answer(message, answer, tick)
            else:
                assert "result" in message, message
                return Attempt(message["result"], prompts, events, secret, self.server.secrets(secret))

    def pins(self):
        return {pin["server"]: pin["key"] for pin in self.call("pins.get")["pins"]}
