"""`guise import limbo` with a corpus in the form of x509-limbo, made when it is used: no key is kept in a file."""

import json
import re

import program

BLOCK = re.compile(r"-----BEGIN (.+?)-----.+?-----END \1-----\n", re.S)


def case(guise, name, *defects, **other):
    """A case of the corpus: a chain of the recipe `leaf` for a host of its own."""
    host = f"{name}.example"
    minted = guise("mint", "leaf", "--host", host, *(f"--defect={each}" for each in defects),
                   "--out", f"{name}.pem", "--root", f"{name}-root.pem")
    assert minted.code == 0, minted.err
    blocks = [(match[1], match[0]) for match in BLOCK.finditer((guise.folder / f"{name}.pem").read_text())]
    root = (guise.folder / f"{name}-root.pem").read_text()
    key = next(text for label, text in blocks if label.endswith("PRIVATE KEY"))
    leaf, *above = [text for label, text in blocks if label == "CERTIFICATE"]
    return {"id": f"made::{name}", "importance": "high", "validation_kind": "SERVER", "trusted_certs": [root],
            "untrusted_intermediates": [each for each in above if each != root], "peer_certificate": leaf,
            "peer_certificate_key": key, "validation_time": None, "expected_result": "FAILURE" if defects else "SUCCESS",
            "expected_peer_name": {"kind": "DNS", "value": host}, "max_chain_depth": None, "crls": [], **other}


def corpus(guise):
    cases = [case(guise, "right"), case(guise, "expired", "expired"), case(guise, "wrong-name", "wrong-name"),
             case(guise, "not-as-expected", expected_result="FAILURE"), case(guise, "client", validation_kind="CLIENT"),
             case(guise, "revoked", crls=["a list"]), case(guise, "keyless", peer_certificate_key=None)]
    file = guise.folder / "limbo.json"
    file.write_text(json.dumps({"version": 1, "testcases": cases}))
    return file


def test_every_case_that_a_server_can_show_is_replayed_and_the_others_are_counted(guise):
    program.tool("curl")
    file = corpus(guise)
    ended = guise("import", "limbo", file, "--client", "curl")
    assert ended.code == 1, ended.out + ended.err
    assert "4 of 7 cases replayed: 3 as the corpus expects, 1 accepted that it refuses" in ended.out, ended.out
    assert "0 unclear" in ended.out
    for reason in ("1: it validates a client", "1: it needs CRLs", "1: it has no key"):
        assert f"not replayed, {reason}" in ended.out
    again = guise("import", "limbo", file, "--client", "curl", "--baseline", guise.folder / "guise-import/limbo.json")
    assert again.code == 0, again.out


def test_a_corpus_that_is_nested_too_deep_is_refused(guise):
    file = guise.folder / "deep.json"
    file.write_text('{"version": 1, "testcases":\n' + "[" * 100_000 + "]" * 100_000 + "}")
    ended = guise("import", "limbo", file, "--client", "curl")
    assert ended.code == 4, ended.out + ended.err
    assert "deep.json:2:64: expected JSON, found a text that is nested more than 64 levels deep" in ended.err
