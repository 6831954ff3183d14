"""Clients with a certificate of their own: who is given it, and what becomes of a client that gives it to anybody."""

from textwrap import dedent

import pytest

import program

CONTROL = "handshake/asks-for-certificate"
UNTRUSTED = "handshake/client-certificate-untrusted"

# Gives its certificate in any handshake, and looks at the server's when it is over.
GENEROUS = """
    import socket, ssl, sys
    address, port, host, trust, canary, identity = sys.argv[1:]
    def shake_hands(verify):
        context = ssl.create_default_context(cafile=trust)
        context.load_cert_chain(identity)
        if not verify:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        raw = socket.create_connection((address, int(port)), 5)
        return context.wrap_socket(raw, server_hostname=host)
    shake_hands(False).close()
    with shake_hands(True) as server:
        server.sendall(f"GET / HTTP/1.0\\r\\nHost: {host}\\r\\nAuthorization: Bearer {canary}\\r\\n\\r\\n".encode())
        server.recv(65536)
"""


def curl(folder):
    """curl with the certificate of the run."""
    text = (program.ROOT / "fixtures/clients/curl.yaml").read_text()
    text = text.replace("client: curl\n", "client: curl-with-certificate\n")
    text = text.replace('"{mode}", "{url}"]', '--cert, "{identity}", "{mode}", "{url}"]')
    (folder / "client.yaml").write_text(text)
    return folder / "client.yaml"


def requests(_folder):
    """A library behind an adapter in Python."""
    return program.ROOT / "fixtures/adapters/python/requests.yaml"


def curl_behind_an_adapter(folder):
    """The example of an adapter in C++."""
    adapter = program.find_program().parent / "example_adapter"
    assert adapter.exists(), f"build the target example_adapter in {adapter.parent}"
    (folder / "client.yaml").write_text(dedent(f"""
        client: curl-behind-an-adapter
        detect: {{run: [curl, --version], version: '^curl (\\S+)'}}
        profile: tls-client
        driver: rpc
        routing: [rpc]
        run: [{adapter}]
        modes: {{strict: {{}}}}
        """))
    return folder / "client.yaml"


def generous(folder):
    (folder / "generous.py").write_text(dedent(GENEROUS))
    (folder / "client.yaml").write_text(dedent("""
        client: generous
        detect: {run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}
        profile: tls-client
        driver: exec
        routing: [option]
        run: [/usr/bin/python3, -I, "{here}/generous.py", "{address}", "{port}", "{host}", "{trust}", "{canary}", "{identity}"]
        state: none
        modes: {strict: {}}
        """))
    return folder / "client.yaml"


def run(guise, client):
    return guise("run", "--client", client, "--mode", "strict", "--only", CONTROL, "--only", UNTRUSTED)


def given(ended, scenario):
    return [connection["client_certificate"] for visit in ended.of_type("visit") if visit["scenario"] == scenario
            for connection in visit["evidence"]["connections"] if "client_certificate" in connection]


@pytest.mark.parametrize("client", [curl, requests, curl_behind_an_adapter])
def test_a_client_that_verifies_gives_its_certificate_to_a_server_that_it_accepts_alone(guise, tmp_path, client):
    program.tool("curl")
    ended = run(guise, client(tmp_path))
    assert ended.code == 0
    assert {case["verdict"] for case in ended.cases} == {"pass"}
    for tls in ("1.2", "1.3"):
        assert len(given(ended, f"{CONTROL}[tls={tls}]")) == 1
        assert given(ended, f"{UNTRUSTED}[tls={tls}]") == []
        control = ended.case(f"{CONTROL}[tls={tls}]")
        assert [check["verdict"] for check in control["checks"] if check["check"] == "client-certificate"] == ["pass"]


def test_a_client_that_gives_it_to_whoever_asks_fails(guise, tmp_path):
    ended = run(guise, generous(tmp_path))
    assert ended.code == 1
    for tls in ("1.2", "1.3"):
        assert ended.case(f"{CONTROL}[tls={tls}]")["verdict"] == "pass"
        case = ended.case(f"{UNTRUSTED}[tls={tls}]")
        assert (case["verdict"], case["seen"]["decision"]) == ("fail", "refuse")
        assert "observed the client's certificate" in case["sentence"]


def test_a_client_without_one_is_not_judged_by_it(guise):
    program.tool("curl")
    ended = run(guise, "curl")
    assert not any(check["check"] == "client-certificate" for case in ended.cases for check in case["checks"])
