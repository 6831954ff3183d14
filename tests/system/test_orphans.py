"""Clients that end and leave a process behind, which goes on where they have stopped."""

from textwrap import dedent

import pytest

import program

CONTROL, NEGATIVE = program.ONE_GOOD_ONE_BAD

# Verifies, and where that fails leaves the login to a process in a session of its own. `what` is when that sends.
CLIENT = """
    import os, socket, ssl, sys, time
    address, port, host, trust, canary, what = sys.argv[1:]
    def login(context):
        raw = socket.create_connection((address, int(port)), 5)
        with context.wrap_socket(raw, server_hostname=host) as server:
            server.sendall(f"GET / HTTP/1.0\\r\\nHost: {host}\\r\\nAuthorization: Bearer {canary}\\r\\n\\r\\n".encode())
            server.recv(65536)
    try:
        login(ssl.create_default_context(cafile=trust))
    except ssl.SSLError:
        if os.fork() == 0:
            os.setsid()
            for stream in (0, 1, 2):
                os.close(stream)
            time.sleep(0.5 if what == "sends" else 600)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            login(context)
            os._exit(0)
        sys.exit(1)
"""


@pytest.fixture
def run(guise, tmp_path):
    """`run(what)`: a run of the client through one good and one bad chain."""
    def start(what):
        (tmp_path / "client.py").write_text(dedent(CLIENT))
        (tmp_path / "client.yaml").write_text(dedent(f"""
            client: leaves-behind
            detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
            profile: tls-client
            driver: exec
            routing: [option]
            run: [/usr/bin/python3, -I, "{{here}}/client.py", "{{address}}", "{{port}}", "{{host}}", "{{trust}}", "{{canary}}", {what}]
            state: none
            modes: {{strict: {{}}}}
            """))
        return guise("run", "--client", tmp_path / "client.yaml", "--only", CONTROL, "--only", NEGATIVE)

    return start


def test_what_a_process_sends_that_its_client_has_left_behind_is_the_clients(run):
    ended = run("sends")
    assert ended.code == 1
    assert ended.case(CONTROL)["verdict"] == "pass"
    case = ended.case(NEGATIVE)
    assert (case["verdict"], case["seen"]["outcome"]) == ("fail", "confidential")
    assert "left behind: python3 (process " in ended.visit(NEGATIVE)["evidence"]["process"]["errors"]


def test_a_process_that_stays_is_named_and_ended_and_what_it_does_not_send_is_not_held_against_the_client(run):
    ended = run("waits")
    assert ended.code == 0
    assert ended.case(NEGATIVE)["verdict"] == "pass"
    assert "left behind: python3 (process " in ended.visit(NEGATIVE)["evidence"]["process"]["errors"]
