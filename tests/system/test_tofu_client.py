"""The adapter of the SDK's own example: a client that pins on first use does what its mode Basic promises."""

import http.server
import json
import ssl
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone

import pytest

import program

sys.path.insert(0, str(program.SYSTEM / "adapters"))
from talk import Talk  # noqa: E402

CLIENT = program.ROOT / "fixtures" / "adapters" / "tofu_client.py"
NOW, LATER = (datetime.now(timezone.utc) + timedelta(days=days) for days in (1, 400))
NAME = "a.guise.test"


class Server(http.server.ThreadingHTTPServer):
    """A fake VMS that says that its certificate is `said`, and keeps what it is sent."""

    def __init__(self, chain, said=None):
        super().__init__(("127.0.0.1", 0), Answer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain.with_suffix(".pem"), chain.with_suffix(".key"))
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.said, self.posted = (said or chain).with_suffix(".pem").read_text(), []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that goes away is no news."""

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer([{"id": "{1}", "certificatePem": self.server.said, "userProvidedCertificatePem": ""}])

    def do_POST(self):
        self.server.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer({"token": "t"})

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def openssl(*arguments):
    subprocess.run([program.tool("openssl"), *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """name -> the path of NAME.pem and NAME.key: self-signed a, a renewed (same key), b; a CA and what it signed."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(name, *more, key=None, host=NAME, days=30):
        if key is None:
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", folder / f"{name}.key")
        else:
            (folder / f"{name}.key").write_text((folder / f"{key}.key").read_text())
        openssl("req", "-x509", "-new", "-key", folder / f"{name}.key", "-out", folder / f"{name}.pem", "-days", days,
                "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{host}", *more)
        return folder / name

    out = {"a": make("a"), "renewed": make("renewed", key="a", host="other.test"), "b": make("b"), "ca": make("ca")}
    signed = ("-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-addext", "basicConstraints=critical,CA:FALSE")
    out["signed"] = make("signed", *signed)
    out["misnamed"] = make("misnamed", *signed, host="other.test")
    return out


@pytest.fixture
def client(tmp_path, certificates):
    """connect(server certificate, …) -> (outcome, reason, faults of the event, whether the password was sent)."""
    with Talk(CLIENT) as talk:
        assert talk.ask("initialize", protocol=1, suite={})["capabilities"]["pins"] is True
        talk.ask("session.open", instance="a", mode="basic", state=str(tmp_path),
                 trust={"file": str(certificates["ca"].with_suffix(".pem"))})
        numbers = iter(range(1, 100))

        def connect(name, said=None, now=NOW):
            with Server(certificates[name], said and certificates[said]) as server:
                endpoint = {"host": NAME, "address": "127.0.0.1", "port": server.server_port, "server": "vms"}
                told = talk.ask("client.connect", instance="a", attempt=next(numbers), endpoint=endpoint, service="vms",
                                secret="s3cret", user="guise", now=f"{now:%Y-%m-%dT%H:%M:%SZ}", deadline_ms=10_000)
                faults = [event["faults"] for event in talk.events()]
                sent = server.posted == [{"username": "guise", "password": "s3cret"}]
                assert sent or server.posted == []
                return told["outcome"], told.get("reason"), faults, sent

        connect.talk = talk
        yield connect


ACCEPTED = ("connected", None, [], True)


def pins(client):
    return [pin["key"] for pin in client.talk.ask("pins.get", instance="a")["pins"]]


def test_the_first_key_is_pinned_and_opens_silently_from_then_on(client):
    assert client("a") == ACCEPTED
    first = pins(client)
    assert len(first) == 1
    assert client.talk.ask("client.restart", instance="a") == {}
    assert client("a") == client("renewed") == ACCEPTED
    assert pins(client) == first


def test_another_key_is_refused_with_an_event_and_pins_nothing(client):
    client("a")
    before = pins(client)
    assert client("b") == ("refused", "pin-mismatch", [["unknown-issuer", "changed"]], False)
    assert pins(client) == before
    client.talk.ask("pins.forget", instance="a", endpoint={"server": "vms"})
    assert pins(client) == []
    assert client("b") == ACCEPTED


def test_an_expired_certificate_is_refused_with_an_event_pinned_or_not(client):
    expired = ("refused", "expired", [["expired", "unknown-issuer"]], False)
    assert client("a", now=LATER) == expired
    assert pins(client) == []
    client("a")
    assert client("a", now=LATER) == expired


def test_a_trusted_certificate_is_accepted_whatever_is_pinned(client):
    client("a")
    assert client("signed") == ACCEPTED


def test_an_anchored_certificate_for_another_name_is_refused(client):
    assert client("misnamed") == ("refused", "bad-chain", [["wrong-name"]], False)


def test_a_key_that_the_server_itself_does_not_name_is_refused(client):
    assert client("a", said="b") == ("refused", "other", [["unknown-issuer"]], False)
    assert client("signed", said="b") == ACCEPTED


def run_basic(guise, client):
    return guise("run", "--client", client, "--only", "login/*", "--only", "pin/changed-key*", "--only", "pin/same-certificate",
                 "-j", "2")


@pytest.mark.slow
def test_a_run_judges_it_right(guise):
    ended = run_basic(guise, CLIENT.with_name("tofu-python.yaml"))
    assert ended.code == 0, ended.out
    assert {case["mode"] for case in ended.cases} == {"basic"}
    # Of a certificate for another name it tells that the issuer is unknown, and not the name.
    alike = {case["scenario"] for case in ended.cases if case["scenario"].endswith("-alone")}
    assert {case["verdict"] for case in ended.cases if case["scenario"] not in alike} == {"pass"}
    assert {case["verdict"] for case in ended.cases if case["scenario"] in alike} <= {"pass", "note"}


@pytest.mark.slow
def test_with_one_line_changed_a_run_judges_it_wrong(guise):
    """The changed pin is noted, but opens: the line that compares it is another one."""
    source = CLIENT.read_text()
    right = "if pins.setdefault(attempt.server, key) != key:"
    assert source.count(right) == 1
    for name in ("channel.py", "openssl_verify.py", "tofu-python.yaml"):
        (guise.folder / name).write_text(CLIENT.with_name(name).read_text())
    wrong = source.replace(right, "if pins.setdefault(attempt.server, key) == '':")
    sdk = 'pathlib.Path(__file__).resolve().parents[2] / "harness" / "python"'
    wrong = wrong.replace(sdk, repr(str(program.ROOT / "harness" / "python")))
    (guise.folder / CLIENT.name).write_text(wrong)
    ended = run_basic(guise, guise.folder / "tofu-python.yaml")
    assert ended.code == 1, ended.out
    failed = {case["scenario"]: case for case in ended.cases if case["verdict"] == "fail"}
    assert all("changed-key" in name or name.startswith("login/") for name in failed), failed.keys()
    decision = next(check for check in failed["pin/changed-key"]["checks"] if check["verdict"] == "fail")
    assert (decision["check"], "DK-23" in decision["clause"]) == ("decision", True), decision
