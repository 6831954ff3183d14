"""Each chain that is served, judged by GnuTLS and by Go: verifiers.yaml says what they may find, or that they differ.

test_faults.py asks openssl the same. A scenario that all three find wrong for its own reason, and a control that all
three find good, leave a client no other reason.
"""

import functools
import re

import pytest

import program
import verifiers
from own_checks import defect_names
from test_faults import declared_faults, defects_of, faults_of


@pytest.fixture(scope="session")
def judges(guise_path, tmp_path_factory):
    """The verifiers by their names in verifiers.yaml."""
    return {"gnutls": verifiers.gnutls,
            "go": verifiers.Go(tmp_path_factory.mktemp("go"), guise_path.parent / "go-cache")}


def found_by(judges, server, at, folder):
    """What each verifier finds in the chain of a scenario."""
    chain = folder / "chain.pem"
    chain.write_text(verifiers.chain_of(server))
    return {name: judge(server, chain, at) for name, judge in judges.items()}


def faults_left(scenario_id, faults, declared):
    """The faults of a scenario of which no entry of verifiers.yaml speaks."""
    if any("/" in name for name in declared):
        return set()
    spoken_for = [faults_of(defect) for defect in defects_of(scenario_id) if defect["defect"] in declared]
    return faults.difference(*spoken_for)


def test_gnutls_and_go_find_what_is_declared_and_nothing_else(guise, served, judges, scenario_id, tmp_path):
    if "ten-thousand-names" in defect_names(scenario_id):
        return  # the chain is more than openssl reads from the wire
    if any("do" in defect.get("handshake", {}) for defect in defects_of(scenario_id)):
        return  # the chain is its control's; the handshake may end before openssl has read it
    faults = declared_faults(guise, scenario_id)
    found = found_by(judges, served.scenario(scenario_id), served.started, tmp_path)
    wrong = []
    for name, words in found.items():
        declared = verifiers.told(name, scenario_id, defect_names(scenario_id))
        wrong.append(verifiers.disagreement(name, words, faults_left(scenario_id, faults, declared), declared))
    assert not any(wrong), "; ".join(filter(None, wrong))


NAMES = {"gnutls": "GnuTLS", "go": "Go"}
DIFFERS = [(key, verifier) for key, said in verifiers.DECLARED["differs"].items() for verifier in said]


@functools.cache
def all_defects():
    """The defects of each scenario."""
    files = sorted((program.ROOT / "scenarios").glob("*/*.yaml"))
    return {each: defect_names(each) for each in (f"{file.parent.name}/{file.stem}" for file in files)}


def scenarios_of(key):
    """The scenarios that an entry of verifiers.yaml is about: that one, or all that use the defect."""
    return [key.partition("[")[0]] if "/" in key else [each for each, names in all_defects().items() if key in names]


@pytest.mark.parametrize(("key", "verifier"), DIFFERS)
def test_the_opening_comment_of_a_scenario_says_what_a_verifier_finds_otherwise(key, verifier):
    found = [each for each in scenarios_of(key) if each not in verifiers.DECLARED["differs"] or each == key]
    assert found, f"no scenario presents {key}"
    for each in found:
        comment = (program.ROOT / "scenarios" / f"{each}.yaml").read_text().partition("\nid: ")[0]
        assert re.search(rf"\b{NAMES[verifier]}\b", comment), f"{each} says nothing of {NAMES[verifier]}"


def test_verifiers_that_are_asked_for_another_name_refuse_each_good_chain(served, judges, tmp_path):
    """The oracles themselves: they can say no to what they have just accepted."""
    server = served.scenario("trust/ca-signed[tls=1.3]")
    assert found_by(judges, server, served.started, tmp_path) == {"gnutls": set(), "go": set()}
    elsewhere = {**server, "host": "elsewhere.guise.test"}
    chain = tmp_path / "chain.pem"
    assert {name: judge(elsewhere, chain, served.started) for name, judge in judges.items()} == {
        "gnutls": {"wrong-name"}, "go": {"wrong-name"}}


@pytest.mark.parametrize(("found", "faults", "declared", "what"), [
    (set(), {"expired"}, {}, "go does not find expired: it finds []"),
    ({"expired", "purpose"}, {"expired"}, {}, "go finds ['purpose'], which no declared fault causes"),
    ({"purpose"}, set(), {}, "go finds ['purpose'], which no declared fault causes"),
    (set(), set(), {"zero-serial": {"malformed"}},
     "go says [], of zero-serial verifiers.yaml declares ['malformed']"),
    ({"malformed"}, set(), {"zero-serial": set()}, "go finds ['malformed'], which no declared fault causes"),
    ({"expired"}, {"expired"}, {}, ""),
    (set(), set(), {"zero-serial": set()}, ""),
])
def test_a_verifier_that_finds_more_or_less_than_is_declared_is_a_disagreement(found, faults, declared, what):
    assert verifiers.disagreement("go", found, faults, declared) == what
