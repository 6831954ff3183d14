"""Handshakes that are wrong, against real clients: they end where they should, and a client that goes on is seen."""

import pytest

import program

# Offers anonymous suites, as lists such as ALL do by accident.
CARELESS_CIPHERS = r"""
client: careless-ciphers
detect: {run: [openssl, version], version: '^OpenSSL (\S+)'}
profile: tls-client
driver: exec
service: http
routing: [option]
run: [openssl, s_client, -quiet, -connect, "{address}:{port}", -servername, "{host}", -verify_return_error,
      -verify_hostname, "{host}", -CAfile, "{trust}", -no-CApath, -no-CAstore, -cipher, "ALL:@SECLEVEL=0"]
stdin: "GET / HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {canary}\r\n\r\n"
modes: {strict: {}}
"""


def verdicts(ended):
    """Of the scenarios of this area: their controls were run beside them."""
    return {case["scenario"]: case["verdict"] for case in ended.cases if case["scenario"].startswith("handshake/")}


def run_file(guise, name, text, *only):
    (guise.folder / f"{name}.yaml").write_text(text)
    options = [word for pattern in only for word in ("--only", pattern)]
    return guise("run", "--client", f"{name}.yaml", "-j", "4", *options)


def run_liar(guise, name, *only):
    options = [word for pattern in only for word in ("--only", pattern)]
    return guise("run", "--client", program.LIARS / f"{name}.yaml", "--mode", "strict", "-j", "4", *options)


def test_curl_meets_every_handshake_as_it_should(guise):
    program.tool("curl")
    ended = guise("run", "--client", "curl", "--only", "handshake", "-j", "4")
    assert ended.code == 0, ended.out
    applied = {scenario for scenario, verdict in verdicts(ended).items() if verdict != "not-applicable"}
    assert {scenario.split("[")[0] for scenario in verdicts(ended)} - {each.split("[")[0] for each in applied} == {
        "handshake/broken-compression"}  # this curl offers to read none


def test_a_client_that_offers_anonymous_suites_gives_its_secret_to_nobody_in_particular(guise):
    program.tool("openssl")
    ended = run_file(guise, "careless", CARELESS_CIPHERS, "handshake/anonymous", "handshake/empty-certificate[tls=1.2]")
    case = ended.case("handshake/anonymous")
    assert (case["verdict"], case["seen"]["outcome"]) == ("fail", "confidential")
    assert verdicts(ended)["handshake/empty-certificate[tls=1.2]"] == "pass"


def test_a_client_that_answers_heartbeats_is_found_by_the_answer(guise):
    ended = run_liar(guise, "answers-heartbeats", "handshake/heartbeat", "handshake/early-cipher-change")
    case = ended.case("handshake/heartbeat")
    (check,) = [each for each in case["checks"] if each["check"] == "heartbeats"]
    assert (check["verdict"], check["observed"]) == ("fail", "1 heartbeat")
    assert verdicts(ended) == {"handshake/heartbeat": "fail", "handshake/early-cipher-change": "pass"}


def test_a_client_that_reads_compressed_certificates_is_shown_the_broken_ones(guise):
    ended = guise("run", "--client", "reference-desktop", "--only", "handshake/compressed-certificate",
                  "--only", "handshake/broken-compression", "-j", "4")
    assert set(verdicts(ended)) == {"handshake/compressed-certificate"} | {
        f"handshake/broken-compression[how=compressed-{how}]" for how in ("too-long", "bomb", "garbage")}
    assert set(verdicts(ended).values()) == {"pass"}
    shown = {step["what"] for case in ended.of_type("visit") for connection in case["evidence"]["connections"]
             for step in connection["steps"]}
    assert "CompressedCertificate" in shown


@pytest.mark.parametrize("after", ["server-hello", "certificate", "proof"])
def test_a_client_that_tries_again_in_clear_when_the_server_stops_is_caught(guise, after):
    ended = run_liar(guise, "falls-back-to-plain", f"handshake/closes[after={after},tls=1.3]")
    case = ended.case(f"handshake/closes[after={after},tls=1.3]")
    assert (case["verdict"], case["seen"]["canary_in_clear"]) == ("fail", True)
