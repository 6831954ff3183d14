"""A broken file ends the program before anything runs, and the message leads to the place in the file."""

import re
import shutil
from dataclasses import dataclass
from textwrap import dedent

import pytest

import program

MESSAGE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): expected (?P<expected>.+), found (?P<found>.+)")


@dataclass(frozen=True)
class Broken:
    """A file below the data folder that is put in place of a good one, and where the first problem is."""

    what: str
    file: str
    text: str | bytes
    at: tuple
    expected: str
    found: str


def broken(what, file, text, at, expected, found):
    octets = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    return Broken(what, file, octets, at, expected, found)


SCENARIO = """
    id: trust/broken
    title: A broken scenario
    severity: low
    control: trust/ca-signed
    visits:
      - present: {leaf: leaf}
"""
PROFILE = """
    profile: tls-client
    title: A broken profile
    ledger: tls
    owes: ["TC-*"]
    pin: {what: nothing}
    untrusted_faults: [expired]
    checks: {canary: DK-60}
    modes:
      strict:
        trusted:    {any: {decision: accept, clause: TC-01}}
        untrusted:  {any: {decision: refuse, clause: TC-02}}
        invalid:    {any: {decision: refuse, clause: TC-03}}
        unreadable: {any: {decision: refuse, clause: TC-03}}
        no-proof:   {any: {decision: refuse, clause: TC-04}}
      disabled:
        trusted:    {any: {decision: accept, clause: TC-05}}
        untrusted:  {any: {decision: accept, clause: TC-05}}
        invalid:    {any: {decision: accept, clause: TC-05}}
        unreadable: {any: {decision: accept, clause: TC-05}}
        no-proof:   {any: {decision: refuse, clause: TC-04}}
"""
CLIENT = """
    client: curl
    detect: {run: [curl, --version], version: '^curl (\\S+)'}
    profile: tls-client
    driver: exec
    routing: [option]
    run: [curl, -q, --connect-to, "::{address}:{port}", "{mode}", "{url}"]
    modes: {strict: {add: [--cacert, "{trust}"]}, disabled: {add: [-k]}}
"""
RECIPE = """
    recipe: private-leaf
    subject: {o: guise}
    issuer: private-root
    algorithm: p256
    names: [{dns: "{host}"}]
    valid: {from: -1d, to: +30d}
"""
DEFECT = """
    defect: wrong-name
    fault: wrong-name
    clause: RFC 9525 6.1
    level: must
    at: [leaf]
    parameters: {name: wrong.guise.test}
    change: {names: [{dns: "{name}"}]}
"""
KNOWN = """
    known: curl
    entries:
      - match: {scenario: trust/self-signed, check: decision}
        fails: {verdict: fail, observed: accept}
        reason: it is broken
        evidence: guise run --client curl
"""


def edited(text, old, new):
    assert text.count(old) == 1, f"{old!r} is not once in the text"
    return text.replace(old, new)


IN_SCENARIOS = [
    broken("an unknown key", "scenarios/trust/broken.yaml", edited(SCENARIO, "severity: low", "severty: low"),
           (1, 1), "the key 'severity'", "a map without it"),
    broken("an unknown key in a visit", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "leaf: leaf}", "leaf: leaf, colour: red}"), (6, 27), "one of the keys",
           "unknown key 'colour'"),
    broken("a duplicate key", "scenarios/trust/broken.yaml", edited(SCENARIO, "severity: low", "title: Again"),
           (3, 1), "each key once", "duplicate key 'title', first in line 2"),
    broken("a list where a word belongs", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "severity: low", "severity: [low]"), (3, 11), "one of critical, high, medium, low",
           "a list"),
    broken("a word outside the vocabulary", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "severity: low", "severity: grave"), (3, 11), "one of critical, high, medium, low",
           "'grave'"),
    broken("a missing key", "scenarios/trust/broken.yaml", edited(SCENARIO, "    title: A broken scenario\n", ""),
           (1, 1), "the key 'title'", "a map without it"),
    broken("an unknown recipe", "scenarios/trust/broken.yaml", edited(SCENARIO, "{leaf: leaf}", "{leaf: loaf}"),
           (6, 21), "the name of a recipe in certs/", "'loaf'"),
    broken("an unknown defect", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "leaf: leaf}", "leaf: leaf, defect: expird}"), (6, 35), "the name of a defect", "'expird'"),
    broken("a parameter that the defect does not have", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "leaf: leaf}", "leaf: leaf, defect: {expired: {since: 1d}}}"), (6, 46), "", "since"),
    broken("a position that the defect does not have", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "leaf: leaf}", "leaf: leaf, defect: {wrong-name: {at: root}}}"), (6, 53), "", "root"),
    broken("an id that is not the path", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "id: trust/broken", "id: trust/braken"), (1, 5), "'trust/broken'", "'trust/braken'"),
    broken("a plain scalar that other readers type", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "severity: low", "severity: low\n    tls: 1.3"), (4, 6), "'1.3' in quotes", "no quotes"),
    broken("a control that is no scenario", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "trust/ca-signed", "trust/nobody"), (4, 10), "control", "'trust/nobody'"),
    broken("a time that is none", "scenarios/trust/broken.yaml",
           edited(SCENARIO, "visits:\n", "visits:\n      - {clock: yesterday}\n"), (6, 13), "a time", "'yesterday'"),
    broken("an alert's level that is none", "scenarios/trust/broken.yaml",
           SCENARIO + "    expect: [{visit: 1, alert: unknown_ca, level: perhaps, clause: RFC 8446}]\n", (7, 47),
           "one of may, should, must", "'perhaps'"),
    broken("an alert that TLS does not know", "scenarios/trust/broken.yaml",
           SCENARIO + "    expect: [{visit: 1, alert: unknown_cat, level: may, clause: RFC 8446}]\n", (7, 28), "alert",
           "'unknown_cat'"),
    broken("an encoding other than UTF-8", "scenarios/trust/broken.yaml",
           b"id: trust/broken\ntitle: caf\xe9\nseverity: low\n", (2, 11), "UTF-8", "the octet 0xe9"),
    broken("a tab as indentation", "scenarios/trust/broken.yaml",
           b"id: trust/broken\ntitle: A tab\nvisits:\n\t- present: {leaf: leaf}\n", (4, 1), "YAML", "character that cannot"),
    broken("a quote that is not closed", "scenarios/trust/broken.yaml",
           b"id: trust/broken\ntitle: \"Not closed\nseverity: low\n", (2, 8), "a closing quote", "the end of the file"),
    broken("a file without a byte", "scenarios/trust/broken.yaml", b"", (1, 1), "", "empty"),
    broken("a comment and nothing else", "scenarios/trust/broken.yaml", b"# soon\n", (1, 1), "", ""),
]
IN_PROFILES = [
    broken("a row that a mode lacks", "fixtures/profiles/tls-client.yaml",
           edited(PROFILE, "        unreadable: {any: {decision: refuse, clause: TC-03}}\n", ""), (10, 5),
           "a row 'unreadable'", "a mode without it"),
    broken("a cell that a row lacks", "fixtures/profiles/tls-client.yaml",
           edited(PROFILE, "trusted:    {any: {decision: accept, clause: TC-01}}", "trusted:    {}"), (10, 17),
           "the column any", "none"),
    broken("a cell without its clause", "fixtures/profiles/tls-client.yaml",
           edited(PROFILE, "{decision: accept, clause: TC-01}", "{decision: accept}"), (10, 23), "the key 'clause'",
           "a map without it"),
    broken("an unknown clause", "fixtures/profiles/tls-client.yaml", edited(PROFILE, "clause: TC-01", "clause: TC-99"),
           (10, 50), "a clause of a clause list", "'TC-99'"),
    broken("an unknown decision", "fixtures/profiles/tls-client.yaml",
           edited(PROFILE, "accept, clause: TC-01", "agree, clause: TC-01"), (10, 34),
           "one of accept, ask, warn, refuse", "'agree'"),
    broken("a profile that extends itself", "fixtures/profiles/mine.yaml", "profile: mine\nextends: mine\n", (2, 10),
           "the name of a profile", "'mine'"),
    broken("an overlay of a profile that does not exist", "fixtures/profiles/mine.yaml",
           "profile: mine\nextends: tls-clint\n", (2, 10), "the name of a profile", "'tls-clint'"),
    broken("a level that is none in a ledger", "fixtures/ledgers/mine.yaml",
           'ledger: mine\nsource: a test\nclauses:\n  MY-01: {level: mayhap, source: "1", text: A promise.}\n', (4, 18),
           "one of may, should, must", "'mayhap'"),
]
IN_CLIENTS = [
    broken("an unknown placeholder", "fixtures/clients/curl.yaml", edited(CLIENT, '"{url}"]', '"{uri}"]'), (6, 63),
           "a placeholder", "'{uri}'"),
    broken("a bad regular expression", "fixtures/clients/curl.yaml", edited(CLIENT, "'^curl (\\S+)'", "'^curl (\\S+'"),
           (2, 43), "a regular expression", "'^curl (\\S+'"),
    broken("a command that is no list", "fixtures/clients/curl.yaml",
           edited(CLIENT, "run: [curl, --version]", "run: curl --version"), (2, 15), "a list of arguments",
           "'curl --version'"),
    broken("an unknown driver", "fixtures/clients/curl.yaml", edited(CLIENT, "driver: exec", "driver: exe"), (4, 9),
           "one of exec, terminal, rpc, guided", "'exe'"),
    broken("a client of an unknown profile", "fixtures/clients/curl.yaml",
           edited(CLIENT, "profile: tls-client", "profile: tls-clint"), (3, 10), "the name of a profile",
           "'tls-clint'"),
    broken("a mode that the profile does not have", "fixtures/clients/curl.yaml",
           edited(CLIENT, "disabled: {add", "relaxed: {add"), (7, 47), "a mode of the profile tls-client", "'relaxed'"),
    broken("a deadline that is no time", "fixtures/clients/curl.yaml", CLIENT + "    deadline: soon\n", (8, 11),
           "a time", "'soon'"),
]
IN_CERTS = [
    broken("an unknown algorithm", "certs/private-leaf.yaml", edited(RECIPE, "p256", "p257"), (4, 12), "one of p256",
           "'p257'"),
    broken("an unknown issuer", "certs/private-leaf.yaml", edited(RECIPE, "private-root", "private-rot"), (3, 9), "",
           "'private-rot'"),
    broken("recipes that are like each other", "certs/private-leaf.yaml", "recipe: private-leaf\nlike: private-leaf\n",
           (2, 7), "", "private-leaf"),
    broken("a recipe that issues itself by its name", "certs/private-leaf.yaml",
           edited(RECIPE, "private-root", "private-leaf"), (3, 9), "", "private-leaf"),
    broken("an unknown placeholder in a name", "certs/private-leaf.yaml", edited(RECIPE, "{host}", "{hots}"), (5, 15),
           "", "{hots}"),
    broken("a validity that is no time", "certs/private-leaf.yaml", edited(RECIPE, "-1d", "yesterday"), (6, 15),
           "a time", "'yesterday'"),
    broken("an unknown fault", "certs/defects/wrong-name.yaml", edited(DEFECT, "fault: wrong-name", "fault: bad-name"),
           (2, 8), "one of unknown-issuer", "'bad-name'"),
    broken("a bad level", "certs/defects/wrong-name.yaml", edited(DEFECT, "level: must", "level: mus"), (4, 8),
           "one of may, should, must", "'mus'"),
    broken("an undeclared parameter", "certs/defects/wrong-name.yaml",
           edited(DEFECT, 'dns: "{name}"', 'dns: "{nam}"'), (7, 24), "", "{nam}"),
    broken("two operations in one defect", "certs/defects/wrong-name.yaml",
           DEFECT + "    chain: {omit: intermediate}\n", (1, 1), "exactly one of change, bytes, chain, handshake", "2 of them"),
]
IN_KNOWN = [
    broken("a known failure without a reason", "fixtures/clients/known/curl.yaml",
           edited(KNOWN, "        reason: it is broken\n", ""), (3, 5), "the key 'reason'", "a map without it"),
    broken("a known failure with a verdict that is none", "fixtures/clients/known/curl.yaml",
           edited(KNOWN, "verdict: fail", "verdict: failed"), (4, 22), "one of pass, note, fail", "'failed'"),
    broken("a known failure with an unknown key", "fixtures/clients/known/curl.yaml",
           edited(KNOWN, "reason:", "reasons: many\n        reason:"), (5, 5), "one of the keys",
           "unknown key 'reasons'"),
]
ALL = IN_SCENARIOS + IN_PROFILES + IN_CLIENTS + IN_CERTS + IN_KNOWN


@pytest.fixture
def data(guise):
    """A copy of the data of this source tree, in the folder `data` of the test."""
    copy = guise.folder / "data"
    for name in ("scenarios", "certs", "fixtures"):
        shutil.copytree(program.ROOT / name, copy / name)
    return copy


def problems_of(text):
    """The messages on stderr; every line must be one."""
    messages = [MESSAGE.fullmatch(line) for line in text.splitlines()]
    assert messages and all(messages), text
    return messages


@pytest.mark.parametrize("case", ALL, ids=[case.what.replace(" ", "-") for case in ALL])
def test_a_broken_file_is_reported_with_its_place_and_nothing_runs(guise, data, case):
    (data / case.file).write_bytes(case.text)
    ended = guise("run", "--data", "data", "--client", "curl", "--mode", "strict", "--only", "trust/ca-signed")
    assert ended.code == 4, ended.err or ended.out
    first = problems_of(ended.err)[0]
    assert first["file"] == f"data/{case.file}"
    assert (int(first["line"]), int(first["column"])) == case.at, ended.err
    assert case.expected in first["expected"] and case.found in first["found"], ended.err
    assert ended.out == "" and not ended.reports.exists()


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_its_lines(guise, data):
    text = edited(edited(CLIENT, "driver: exec", "driver: exe"), '"{url}"]', '"{uri}"]')
    (data / "fixtures/clients/curl.yaml").write_text(dedent(text).lstrip())
    ended = guise("run", "--data", "data", "--client", "curl")
    assert [(int(problem["line"]), int(problem["column"])) for problem in problems_of(ended.err)] == [(4, 9), (6, 63)]


def test_problems_of_several_files_are_told_at_once(guise, data):
    for file, text in (("scenarios/trust/broken.yaml", "id: 1\n"), ("fixtures/ledgers/tls.yaml", "ledger: tls\n")):
        (data / file).write_text(text)
    ended = guise("run", "--data", "data", "--client", "curl")
    assert ended.code == 4
    assert {problem["file"] for problem in problems_of(ended.err)} >= {f"data/{file}" for file in (
        "scenarios/trust/broken.yaml", "fixtures/ledgers/tls.yaml")}


def test_a_baseline_of_a_user_must_say_when_it_ends(guise):
    (guise.folder / "mine.yaml").write_text(dedent(KNOWN).lstrip())
    ended = guise("run", "--client", "curl", "--only", "trust/ca-signed", "--baseline", "mine.yaml")
    assert (ended.code, ended.results) == (4, [])
    (problem,) = problems_of(ended.err)
    assert (problem["file"], problem["line"], problem["column"]) == ("mine.yaml", "3", "5")
    assert problem["expected"] == "the key 'expires'"


def test_the_good_files_that_the_broken_ones_are_made_of_are_good(guise, data):
    for file, text in (("scenarios/trust/broken.yaml", SCENARIO), ("fixtures/profiles/tls-client.yaml", PROFILE),
                       ("fixtures/clients/curl.yaml", CLIENT), ("certs/private-leaf.yaml", RECIPE),
                       ("certs/defects/wrong-name.yaml", DEFECT)):
        (data / file).write_text(dedent(text).lstrip())
    ended = guise("run", "--data", "data", "--client", "curl", "--mode", "strict", "--only", "trust/broken")
    assert (ended.code, ended.err) == (0, "")
    assert ended.case("trust/broken")["verdict"] == "pass"
