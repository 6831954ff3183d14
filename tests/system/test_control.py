"""`guise serve --control`, `guise serve ID` and `guise serve --cert`: one server, driven by programs and by people."""

import json
import signal
import socket
import subprocess

import pytest

import program


class Channel:
    """One conversation over a pair of text streams."""

    def __init__(self, read, write):
        self.read, self.write, self.last = read, write, 0

    def ask(self, method, **params):
        self.last += 1
        self.write.write(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}) + "\n")
        self.write.flush()
        answer = json.loads(self.read.readline())
        assert answer["id"] == self.last
        return answer

    def __call__(self, method, **params):
        answer = self.ask(method, **params)
        assert "result" in answer, answer
        return answer["result"]


class Started(subprocess.Popen):
    """A process that does not outlive its test, however that ends."""

    def __exit__(self, *error):
        if error[0]:
            self.kill()
        return super().__exit__(*error)


def start(guise, *arguments):
    return Started([str(guise.program), "serve", *arguments], cwd=guise.folder, env=guise.env, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.fixture
def channel(guise):
    with start(guise, "--control") as process:
        yield Channel(process.stdout, process.stdin)
        process.stdin.close()
        assert process.wait(timeout=program.PATIENCE) == 0


def curl(shown, *options):
    command = [program.tool("curl"), "-q", "-sS", "--noproxy", "*", "--cacert", shown["trust"],
               "-H", f"Authorization: Bearer {shown['canary']}", *options, shown["url"]]
    return subprocess.run(command, capture_output=True, text=True, timeout=program.PATIENCE).returncode


def test_a_client_that_verifies_is_seen_to_accept_and_to_refuse(channel):
    shown = channel("present", scenario="trust/ca-signed[tls=1.3]")
    assert curl(shown) == 0
    seen = channel("wait", handle=shown["handle"])
    assert (seen["outcome"], seen["decision"], seen["leaked"]) == ("confidential", "accept", True)
    assert seen["request"].startswith("GET / HTTP/1.1\r\n")
    again = channel("swap", handle=shown["handle"], scenario="validity/expired[position=leaf,tls=1.3]")
    assert (again["url"], again["visit"]) == (shown["url"], 1)
    assert curl(again) == 60
    seen = channel("wait", handle=shown["handle"])
    assert seen["alert"] == {"name": "certificate_expired", "code": 45, "in_clear": True}
    assert (seen["outcome"], seen["decision"], seen["leaked"]) == ("refused-alert", "refuse", False)
    assert channel("close", handle=shown["handle"])["connections"] == 1


def test_a_client_that_does_not_verify_is_seen_to_leak(channel):
    shown = channel("present", scenario="trust/self-signed")
    assert curl(shown, "--insecure") == 0
    assert channel("wait", handle=shown["handle"])["leaked"] is True


def test_many_scenarios_live_side_by_side_in_one_server(channel):
    listed = channel("list")
    shown = [channel("present", scenario=each["id"]) for each in listed]
    assert len({(each["address"], each["port"]) for each in shown}) == len(listed)
    assert all(channel("observe", handle=each["handle"])["outcome"] == "no-connection" for each in shown)


def test_what_is_wrong_with_a_request_is_said(channel):
    error = channel.ask("present", scenario="no/such")["error"]
    assert error == {"code": -32602, "message": "scenario: expected the id of a scenario, found 'no/such'"}


def test_a_close_answers_the_waits_for_its_handle(channel):
    handle = channel("present", scenario="trust/self-signed")["handle"]
    for number, method in enumerate(["wait", "wait", "close", "list"], 100):
        request = {"jsonrpc": "2.0", "id": number, "method": method,
                   "params": {} if method == "list" else {"handle": handle}}
        channel.write.write(json.dumps(request) + "\n")
    channel.write.flush()
    answers = {answer["id"]: answer for answer in (json.loads(channel.read.readline()) for _ in range(4))}
    assert sorted(answers) == [100, 101, 102, 103]
    for wait in (100, 101):
        assert answers[wait]["error"]["message"] == f"handle {handle} was closed during the wait"
    assert "result" in answers[102] and "result" in answers[103]


def test_a_line_that_is_too_long_or_too_deep_is_answered_and_the_next_one_too(channel):
    for line in ("x" * 3_000_000, "[" * 500_000):
        channel.write.write(line + "\n")
        channel.write.flush()
        assert "error" in json.loads(channel.read.readline())
    assert channel("list", only=["trust/self-signed"])


def test_the_channel_is_there_at_a_socket_too(guise):
    with start(guise, "--control", "--socket", "control.sock") as process:
        assert process.stdout.readline() == "listening on control.sock\n"
        with socket.socket(socket.AF_UNIX) as talk:
            talk.connect(str(guise.folder / "control.sock"))
            with talk.makefile("rw") as stream:
                assert curl(Channel(stream, stream)("present", scenario="trust/root-signed")) == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=program.PATIENCE) == 0
    assert not (guise.folder / "control.sock").exists()


def test_a_held_scenario_tells_each_connection_and_goes_on_at_enter(guise):
    with start(guise, "trust/root-signed", "--dir", "held") as process:
        first = [process.stdout.readline() for _ in range(5)]
        assert first[0] == "trust/root-signed: visit 1 of 1\n"
        url = first[1].strip()
        command = [program.tool("curl"), "-q", "-sS", "--noproxy", "*", "--cacert", guise.folder / "held" / "root.pem", url]
        assert subprocess.run(command, capture_output=True, timeout=program.PATIENCE).returncode == 0
        line = process.stdout.readline()
        assert line.startswith("trust/root-signed visit 1") and " data, " in line
        process.stdin.write("\n")
        process.stdin.flush()
        again = [process.stdout.readline() for _ in range(5)]
        assert again[1].strip() == url
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=program.PATIENCE) == 0


def test_a_certificate_file_of_the_users_is_served(guise):
    assert guise("mint", "leaf", "--host", "localhost", "--out", "cert.pem", "--root", "root.pem").code == 0
    with start(guise, "--cert", "cert.pem") as process:
        url = process.stdout.readline().split()[0]
        command = [program.tool("curl"), "-q", "-sS", "--noproxy", "*", "--cacert", guise.folder / "root.pem", url]
        assert subprocess.run(command, capture_output=True, timeout=program.PATIENCE).returncode == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=program.PATIENCE) == 0


@pytest.mark.parametrize("keep, message", [
    ("CERTIFICATE", "cert.pem: expected a PRIVATE KEY block beside the chain, found none"),
    ("PRIVATE", "cert.pem: expected a CERTIFICATE block beside the key, found none"),
])
def test_a_file_that_is_not_of_the_form_is_refused_with_what_is_wrong(guise, keep, message):
    assert guise("mint", "leaf", "--out", "cert.pem").code == 0
    file = guise.folder / "cert.pem"
    blocks = file.read_text().split("-----BEGIN ")[1:]
    file.write_text("".join("-----BEGIN " + block for block in blocks if block.startswith(keep)))
    refused = guise("serve", "--cert", "cert.pem")
    assert refused.code == 4
    assert refused.err.strip() == message
