"""`guise mint --copy`: what an interceptor makes of a server's chain, and what clients make of that."""

import json
import subprocess

import pytest

import program

GOOD = "trust/ca-signed[tls=1.3]"
ACCEPTED = 0
BAD_SIGNATURE = 35  # curl: the root of that name has another key
UNKNOWN = 60  # curl: unknown CA


def curl(server, trust):
    command = [program.tool("curl"), "-q", "-sS", "--noproxy", "*", "--cacert", trust, server["url"]]
    return subprocess.run(command, capture_output=True, timeout=program.PATIENCE).returncode


def said(guise, what):
    return json.loads(guise("show", what, "--json").out)


@pytest.fixture
def copied(guise, served):
    """The good server, and a copy of it that is served."""
    original = served.scenario(GOOD)
    done = guise("mint", "--copy", f"127.0.0.1:{original['port']}", "--out", "copy.pem", "--root", "copy-root.pem")
    assert (done.code, done.out, done.err) == (0, "", "")
    with guise.serve("--cert", "copy.pem", "--json") as server:
        yield original, server.ready


def test_a_copy_says_what_the_original_says_and_has_other_keys(guise, copied):
    original, copy = (said(guise, f"127.0.0.1:{server['port']}") for server in copied)
    assert len(copy) >= len(original)
    for one, other in zip(original, copy, strict=False):
        same = one.keys() - {"sha1", "sha256", "key_sha256"}
        assert {key: one[key] for key in same} == {key: other[key] for key in same}
        assert one["sha256"] != other["sha256"]


def test_who_trusts_the_original_root_refuses_the_copy_and_who_trusts_the_copied_one_takes_it(guise, copied):
    original, copy = copied
    assert curl(original, original["trust"]) == ACCEPTED
    assert curl(copy, original["trust"]) == BAD_SIGNATURE
    assert guise("mint", "leaf", "--out", "other.pem", "--root", "other-root.pem").code == 0
    assert curl(copy, guise.folder / "other-root.pem") == UNKNOWN
    assert curl(copy, guise.folder / "copy-root.pem") == ACCEPTED


@pytest.mark.parametrize(
    "scenario",
    ["keys/ed25519", "keys/p521", "usage/no-digital-signature[bit=key-agreement,tls=1.2]",
     "trust/self-issued-intermediate", "keys/rsa-exponent-one-intermediate"])
def test_a_server_of_any_key_and_any_path_is_copied_whole(guise, served, scenario):
    server = f"127.0.0.1:{served.scenario(scenario)['port']}"
    done = guise("mint", "--copy", server, "--out", "copy.pem")
    assert (done.code, done.err) == (0, "")
    original, copy = said(guise, server), said(guise, "copy.pem")
    assert [one["subject"] for one in copy[:len(original)]] == [one["subject"] for one in original]
    assert [one["signature"] for one in copy[:len(original)]] == [one["signature"] for one in original]
    assert copy[-1]["self_signed"]
