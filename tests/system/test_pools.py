"""Clients that keep their connections: what one visit has opened must not carry the secret of a stricter one."""

import pytest

import plugin
import program

POOLS = program.SYSTEM / "pools"
SWITCHED_ON = ("connections/checks-switched-on", "connections/expired-let-through", "connections/wrong-name-let-through")

FIXTURE = '''
import ssl
import sys

import pytest

sys.path.insert(0, {pools!r})
from pool import Pool


@pytest.mark.parametrize("kind", ["careless", "careful"])
def test_verified_requests_are_verified(guise, kind):
    visit = guise.present("trust/self-signed")
    pool = Pool(kind == "careless")
    assert pool.get("localhost", visit.port, visit.ca_file, verify=False) == 200
    with pytest.raises(ssl.SSLCertVerificationError):
        pool.get("localhost", visit.port, visit.ca_file, verify=True)


@pytest.mark.parametrize("kind", ["careless", "careful"])
def test_what_came_is_told_of_each_visit(guise, kind):
    visit = guise.present("trust/self-signed")
    pool = Pool(kind == "careless")
    pool.get("localhost", visit.port, visit.ca_file, False, {{"Authorization": visit.canary}})
    assert visit.leaked
    visit.swap("names/wrong-name")
    assert visit.so_far() == "no-connection"
    try:
        pool.get("localhost", visit.port, visit.ca_file, True, {{"Authorization": visit.canary}})
    except ssl.SSLCertVerificationError:
        pass
    assert visit.outcome.refused and not visit.leaked
'''

CLIENT = """\
client: pool-{kind}
detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
packages: [python3]
profile: tls-client
driver: rpc
service: http
routing: [rpc]
run: [/usr/bin/python3, "{script}", {kind}]
modes: {{strict: {{}}, disabled: {{}}}}
"""


def test_the_fixture_shows_a_pool_that_asks_for_the_host_alone(guise_path, tmp_path):
    user = plugin.Pytest(guise_path, tmp_path)
    user.write(FIXTURE.format(pools=str(POOLS)))
    ended = user()
    assert ended.outcomes() == {
        "test_verified_requests_are_verified[careless]": "failed",
        "test_verified_requests_are_verified[careful]": "passed",
        "test_what_came_is_told_of_each_visit[careless]": "failed",
        "test_what_came_is_told_of_each_visit[careful]": "passed",
    }, ended.out


@pytest.fixture(scope="module")
def driven(guise_path, tmp_path_factory):
    """One run of the three kinds of pool."""
    folder = tmp_path_factory.mktemp("pools")
    clients = []
    for kind in ("careless", "careful", "none"):
        file = folder / f"pool-{kind}.yaml"
        file.write_text(CLIENT.format(kind=kind, script=POOLS / "pool_client.py"))
        clients += ["--client", file]
    return program.shared_run(guise_path, tmp_path_factory, "pools", *clients, "--only", "connections/*")


def test_a_pool_that_asks_for_the_host_alone_fails_as_a_driven_client(driven):
    mine = [case for case in driven.cases if case["client"] == "pool-careless"]
    assert {case["scenario"] for case in mine if case["verdict"] == "fail"} == set(SWITCHED_ON)
    case = program.one(mine, scenario="connections/wrong-name-let-through")
    assert case["sentence"] == ("Expected refuse; in visit 3 the client accepted and sent the canary over the connection "
                                "of visit 1.")
    assert {clause for check in case["checks"] for clause in check["clause"] if check["verdict"] == "fail"} >= {"TC-03"}


def test_a_pool_that_asks_how_a_connection_was_verified_passes(driven):
    mine = [case for case in driven.cases if case["client"] == "pool-careful"]
    assert {case["verdict"] for case in mine} == {"pass"}
    assert {case["scenario"] for case in mine} >= {*SWITCHED_ON, "connections/kept"}


def test_a_client_without_a_pool_shows_nothing(driven):
    mine = {case["scenario"]: case for case in driven.cases if case["client"] == "pool-none" and case["mode"] == "disabled"}
    assert all(mine[scenario]["verdict"] == "not-applicable" for scenario in (*SWITCHED_ON, "connections/kept"))
    assert "a connection of its own for each visit" in mine["connections/kept"]["sentence"]


def test_the_evidence_says_in_which_visit_a_connection_was_opened(driven):
    visits = {each["visit"]: each["evidence"]["connections"] for each in driven.of_type("visit")
              if each["client"] == "pool-careless" and each["scenario"] == "connections/checks-switched-on"}
    assert [[connection.get("visit") for connection in visits[number]] for number in (1, 3)] == [[None], [1]]
    assert all("Authorization: Bearer canary-" in visits[number][0]["application"] for number in (1, 3))


def test_a_program_that_lives_for_one_visit_keeps_no_connection(guise):
    ended = guise("run", "--client", "curl", "--only", "connections/kept")
    assert ended.case("connections/kept")["verdict"] == "not-applicable"
    assert "keeps no connection" in ended.case("connections/kept")["sentence"]
