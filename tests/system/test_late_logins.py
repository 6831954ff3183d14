"""Clients that stay alive: what they send when the case in which they have refused to send it is over."""

from textwrap import dedent

import program

CONTROL, NEGATIVE = program.ONE_GOOD_ONE_BAD

# Verifies, and where that fails tries again without, a moment after it has reported that it has refused.
ADAPTER = """
    import socket, ssl, sys, threading
    sys.path.insert(0, sys.argv[1])
    from guise import Adapter
    class Late(Adapter):
        name, version, modes = "late", "1.0", ("strict",)
        def login(self, attempt, context):
            raw = socket.create_connection((attempt.address, attempt.port), 5)
            with context.wrap_socket(raw, server_hostname=attempt.host) as server:
                server.sendall(f"GET / HTTP/1.0\\r\\nHost: {attempt.host}\\r\\nAuthorization: Bearer {attempt.secret}\\r\\n\\r\\n".encode())
                server.recv(65536)
        def connect(self, session, attempt):
            try:
                self.login(attempt, ssl.create_default_context(cafile=session.trust))
                return "connected"
            except ssl.SSLError:
                careless = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                careless.check_hostname, careless.verify_mode = False, ssl.CERT_NONE
                threading.Timer(0.4, self.login, (attempt, careless)).start()
                return "refused", "untrusted-root"
    Late().run()
"""


def test_a_login_that_comes_after_its_case_is_found_and_the_evidence_says_it_again(guise, tmp_path):
    (tmp_path / "late.py").write_text(dedent(ADAPTER))
    (tmp_path / "late.yaml").write_text(dedent(f"""
        client: late
        detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
        profile: tls-client
        driver: rpc
        routing: [rpc]
        run: [/usr/bin/python3, -B, "{{here}}/late.py", "{program.ROOT / "harness" / "python"}"]
        state: none
        modes: {{strict: {{}}}}
        """))
    ended = guise("run", "--client", tmp_path / "late.yaml", "--only", CONTROL, "--only", NEGATIVE)
    assert ended.code == 1
    assert ended.case(CONTROL)["verdict"] == "pass"
    case = ended.case(NEGATIVE)
    assert (case["verdict"], case["seen"]["outcome"]) == ("fail", "confidential")
    again = guise("judge", ended.reports / "results.jsonl")
    assert again.code == 1, again.out + again.err
