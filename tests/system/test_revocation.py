"""What real clients do with what is said of certificates, and what of it is evidence."""

import json

import pytest

import program
import statements


def ran(guise, client, *scenarios):
    only = [word for scenario in scenarios for word in ("--only", scenario)]
    return guise("run", "--client", client, "--mode", "strict", *only)


def decision(ended, scenario):
    """The verdict, and what the client decided."""
    case = program.one(ended.cases, scenario=scenario)
    return case["verdict"], program.one(case["checks"], check="decision")["observed"].partition(":")[0]


def fetched(ended, scenario):
    """What the visits of a scenario have fetched: channels and positions."""
    visits = [each for each in ended.of_type("visit") if each["scenario"] == scenario]
    assert visits
    return {(each["channel"], each["position"]) for visit in visits for each in visit["evidence"].get("fetched", [])}


@pytest.mark.parametrize("client", ["curl-cert-status", "gnutls-cli"])
def test_who_asks_for_a_staple_takes_a_good_one_and_refuses_a_revoked_one(guise, client):
    ended = ran(guise, client, "revocation/good", "revocation/staple-revoked")
    for version in ("1.2", "1.3"):
        assert decision(ended, f"revocation/good[tls={version}]") == ("pass", "accept")
        assert decision(ended, f"revocation/staple-revoked[tls={version}]") == ("pass", "refuse")


def test_who_asks_for_no_staple_is_described_where_it_says_revoked(guise):
    ended = ran(guise, "curl", "revocation/staple-revoked")
    assert decision(ended, "revocation/staple-revoked[tls=1.3]") == ("pass", "accept")
    case = program.one(ended.cases, scenario="revocation/staple-revoked[tls=1.3]")
    check = program.one(case["checks"], check="decision")
    assert (check["level"], check["grade"]) == ("may", "described")


def test_a_list_that_was_fetched_is_evidence_and_binds_who_has_it(guise):
    leaf, intermediate = (f"revocation/list-revoked[position={at}]" for at in ("leaf", "intermediate"))
    ended = ran(guise, "openssl-s_client-crl", "revocation/good", "revocation/list-revoked")
    assert fetched(ended, "revocation/good[tls=1.3]") == {("crl", "leaf")}
    assert decision(ended, leaf) == ("pass", "refuse")
    assert decision(ended, intermediate) == ("pass", "accept")  # it never asks for that list
    assert fetched(ended, intermediate) == {("crl", "leaf")}


def test_a_response_that_was_fetched_is_evidence_and_binds_who_has_it(guise):
    leaf = "revocation/response-revoked[position=leaf]"
    ended = ran(guise, "gnutls-cli-ocsp", "revocation/good", "revocation/unstapled", "revocation/response-revoked")
    assert ("ocsp", "leaf") in fetched(ended, "revocation/unstapled")
    assert not fetched(ended, "revocation/good[tls=1.3]")  # the staple is enough
    assert ("ocsp", "leaf") in fetched(ended, leaf)
    assert decision(ended, leaf) == ("pass", "refuse")


def test_the_server_tells_of_each_list_that_is_fetched(guise, tmp_path):
    with guise.serve("revocation/*", "--json") as serving:
        server = serving.scenario("revocation/good[tls=1.3]")
        _, text = statements.said("openssl", "s_client", "-connect", f"{server['address']}:{server['port']}", pem="")
        assert json.loads(serving.line())["type"] == "connection"
        leaf = tmp_path / "leaf.pem"
        leaf.write_text(text)
        url = statements.list_address_of(leaf)
        assert statements.fetched(url)
        told = json.loads(serving.line())
        assert told["type"] == "fetched" and url.endswith("/" + told["path"])
        assert "good" in told["path"]
