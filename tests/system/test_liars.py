"""Clients that lie, each in one way: what the program makes of them, and that none gets a pass that it has not earned."""

from textwrap import dedent

import re

import pytest

import program
from test_faults import defects_of

CONTROL, NEGATIVE = program.ONE_GOOD_ONE_BAD

# Liar -> for the good chain and for the bad one: verdict, outcome, decision; and the exit code of the run.
ACCEPTED = ("pass", "confidential", "accept")
GAVE_ALL_AWAY = ("fail", "confidential", "accept")
TABLE = {
    "accepts-everything": (ACCEPTED, GAVE_ALL_AWAY, 1),
    "refuses-everything": (("fail", "refused-alert", "refuse"), ("inconclusive", "refused-alert", "refuse"), 1),
    "never-connects": (("inconclusive", "no-connection", None), ("inconclusive", "no-connection", None), 10),
    "hangs": (("inconclusive", "stalled", None), ("inconclusive", "stalled", None), 10),
    "dies-by-signal": (("fail", "refused-close", None), ("fail", "refused-close", None), 1),
    "plain-http": (("inconclusive", "not-tls", None), ("inconclusive", "not-tls", None), 10),
    "plain-http-with-canary": (GAVE_ALL_AWAY, GAVE_ALL_AWAY, 1),
    "half-hello": (("inconclusive", "negotiation-failed", None), ("inconclusive", "negotiation-failed", None), 10),
    "request-before-verifying": (ACCEPTED, GAVE_ALL_AWAY, 1),
    "late-refuser": (ACCEPTED, ("pass", "refused-late", "refuse"), 0),
    "falls-back": (ACCEPTED, GAVE_ALL_AWAY, 1),
    "falls-back-to-plain": (ACCEPTED, ("fail", "refused-alert", "refuse"), 1),
    "answers-heartbeats": (ACCEPTED, ("pass", "refused-alert", "refuse"), 0),
}


def short(case):
    return case["verdict"], case["seen"]["outcome"], case["seen"]["decision"]


def run_liar(guise, name, *only, going_on=("--keep-going",)):
    """Runs all of its cases, though most liars fail the control before them."""
    options = [word for pattern in only for word in ("--only", pattern)]
    return guise("run", "--client", program.LIARS / f"{name}.yaml", "--mode", "strict", "-j", "8", *going_on, *options)


def test_every_liar_is_in_the_table():
    assert TABLE.keys() == {file.stem for file in program.LIARS.glob("*.yaml")}


@pytest.mark.parametrize("name", TABLE)
def test_each_liar_gets_its_own_outcome_and_no_pass_that_it_has_not_earned(liar_run, name):
    good, bad, code = TABLE[name]
    ended = liar_run(name)
    assert short(ended.case(CONTROL)) == good
    assert short(ended.case(NEGATIVE)) == bad
    assert (ended.code, ended.end["exit"]) == (code, code)
    # In clear it goes through with everything: what is wrong with that is said of each case.
    alive = good == ACCEPTED or name == "plain-http-with-canary"
    (session,) = ended.of_type("session.end")
    assert session["controls"] == {"before": alive, "after": alive}
    assert bool(session["trouble"]) != alive


def test_a_client_that_refuses_everything_is_not_run_after_two_controls(guise):
    ended = run_liar(guise, "refuses-everything", CONTROL, NEGATIVE, going_on=())
    assert (ended.code, {case["verdict"] for case in ended.cases}) == (11, {"not-run"})
    (session,) = ended.of_type("session.end")
    assert (session["skipped"], session["controls"]) == (True, {"before": False, "after": False})
    assert "refused in the handshake" in session["trouble"]
    assert ended.end["reason"] == f"refuses-everything/strict was skipped: {session['trouble']}"
    assert [visit.get("attempt", 1) for visit in ended.of_type("visit")] == [1, 2]
    assert len({visit["evidence"]["canary"] for visit in ended.of_type("visit")}) == 2
    again = guise("judge", ended.reports / "results.jsonl")
    said = " ".join(again.out.split())
    assert (again.code, ended.end["reason"][1:] in said) == (11, True), again.out  # the first letter is a capital there
    resumed = run_liar(guise, "refuses-everything", CONTROL, NEGATIVE, going_on=("--resume",))
    assert (resumed.code, resumed.verdicts()) == (11, ended.verdicts())


# Fails its first start of all, and works from then on.
FAILS_ONCE = """\
client: fails-once
detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
profile: tls-client
driver: exec
service: http
routing: [option]
run: [sh, -c, 'if [ ! -e "{folder}/failed" ]; then touch "{folder}/failed"; exit 1; fi;
      exec /usr/bin/python3 -I "$0" late-refuser "$@"',
      "{liars}", --address, "{{address}}", --host, "{{host}}",
      --port, "{{port}}", --trust, "{{trust}}", --canary, "{{canary}}"]
modes: {{strict: {{}}}}
"""


def test_a_client_that_fails_the_control_once_and_then_works_is_judged_like_any_other(guise):
    file = guise.folder / "fails-once.yaml"
    file.write_text(FAILS_ONCE.format(folder=guise.folder, liars=program.LIARS / "liars.py"))
    ended = guise("run", "--client", file, "--only", CONTROL, "--only", NEGATIVE)
    assert (ended.code, {case["verdict"] for case in ended.cases}) == (0, {"pass"}), ended.out
    (session,) = ended.of_type("session.end")
    assert session["controls"] == {"before": True, "after": True}
    assert (session["skipped"], session["trouble"]) == (False, "")
    controls = [(visit["control"], visit.get("attempt", 1)) for visit in ended.of_type("visit") if visit["control"]]
    assert controls == [("before", 1), ("before", 2), ("after", 1)]
    again = guise("judge", ended.reports / "results.jsonl")
    assert again.code == 0, again.out


def test_a_client_that_falls_back_to_clear_text_is_told_apart_from_one_that_falls_back_to_no_verification(liar_run):
    clear = {name: liar_run(name).case(NEGATIVE)["seen"]["canary_in_clear"]
             for name in ("falls-back", "falls-back-to-plain")}
    assert clear == {"falls-back": False, "falls-back-to-plain": True}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hangs", "dies-by-signal", "never-connects"])
def test_the_sentence_about_a_client_that_has_not_refused_does_not_say_that_it_has(liar_run, name):
    for case in liar_run(name).cases:
        assert "the client refused" not in case["sentence"], case["sentence"]


def levels_of(guise, *areas):
    """How binding it is to refuse each case of some areas, as `guise explain` says: the strongest of its faults."""
    levels = {}
    for area in areas:
        for case in re.finditer(r"^(\S+/\S+)  \(.*?^\s+faults: (.*?)$", guise("explain", area).out, re.M | re.S):
            found = re.findall(r"\((must|should|may)\)", case[2])
            levels[case[1]] = next((level for level in ("must", "should", "may") if level in found), "none")
    return levels


def without_proof(scenario):
    """Whether the handshake proves nothing: a TLS library finds that, whether it verifies certificates or not."""
    return any(defect.get("stage") == "handshake" for defect in defects_of(scenario))


def ended_ids(ended):
    return {case["scenario"] for case in ended.cases}


# Whose clock cannot be moved they are not shown to.
NEED_A_CLOCK = {"validity/begins-in-thirty-seconds", "validity/clock-goes-back", "validity/ends-in-thirty-seconds",
                "validity/expired-a-second-ago"}


def not_done(ended):
    return {case["scenario"] for case in ended.cases if case["verdict"] == "not-applicable"}


def test_a_client_that_accepts_everything_fails_every_negative_and_nothing_else(guise):
    ended = run_liar(guise, "accepts-everything", "trust", "names", "validity")
    assert ended.code == 1
    failed = {case["scenario"] for case in ended.cases if case["verdict"] == "fail"}
    levels = levels_of(guise, "trust", "names", "validity")
    owed = {"must": "fail", "should": "note", "may": "pass", "none": "pass"}
    levels = {scenario: "none" if without_proof(scenario) else level for scenario, level in levels.items()}
    done = {case["scenario"]: case["verdict"] for case in ended.cases if case["verdict"] != "not-applicable"}
    assert done == {scenario: owed[level] for scenario, level in levels.items() if scenario in done}
    assert failed == {scenario for scenario, level in levels.items() if level == "must" and scenario in done}
    assert not_done(ended) <= NEED_A_CLOCK


def test_a_client_that_refuses_everything_passes_nothing(guise):
    ended = run_liar(guise, "refuses-everything", "trust", "names", "validity")
    assert ended.code == 1
    verdicts = {case["scenario"]: case["verdict"] for case in ended.cases if case["verdict"] != "not-applicable"}
    assert not_done(ended) <= NEED_A_CLOCK
    levels = levels_of(guise, "trust", "names", "validity")
    good = {scenario for scenario in verdicts if levels.get(scenario, "none") == "none"}
    assert {verdicts[scenario] for scenario in good} == {"fail"}
    assert {verdict for scenario, verdict in verdicts.items() if scenario not in good} == {"inconclusive"}


def test_the_same_client_that_accepts_everything_owes_just_that_when_it_does_not_verify(guise):
    ended = guise("run", "--client", program.LIARS / "accepts-everything.yaml", "--mode", "disabled",
                  "--only", "validity", "--only", "trust", "-j", "8")
    done = {case["verdict"] for case in ended.cases if case["scenario"] not in NEED_A_CLOCK}
    assert (ended.code, done) == (0, {"pass"})


# curl -k under the name of a client that verifies: a liar that costs no interpreter.
FAST_LIAR = r"""
client: fast-liar
detect: {run: [curl, --version], version: '^curl (\S+)'}
profile: tls-client
driver: exec
service: http
routing: [option]
run: [curl, -q, -sS, -k, --connect-to, "::{address}:{port}", -H, "Authorization: Bearer {canary}", "{url}"]
modes: {strict: {}}
"""
ONE_OF_MANY = """
id: many/number-{number}
title: The same again
severity: low
control: trust/ca-signed
visits:
  - present: {{leaf: self-signed}}
"""


def test_any_number_of_failures_is_exit_code_1(guise):
    failures = 512  # as an exit code it would be 0
    program.tool("curl")
    (guise.folder / "fast-liar.yaml").write_text(FAST_LIAR)
    for area in ("many", "trust"):
        (guise.folder / "scenarios" / area).mkdir(parents=True)
    control = (program.ROOT / "scenarios" / "trust" / "ca-signed.yaml").read_text()
    (guise.folder / "scenarios" / "trust" / "ca-signed.yaml").write_text(control)
    for number in range(failures):
        text = dedent(ONE_OF_MANY).lstrip().format(number=number)
        (guise.folder / "scenarios" / "many" / f"number-{number}.yaml").write_text(text)
    ended = guise("run", "--scenarios", "scenarios", "--client", "fast-liar.yaml", "-j", "2")
    assert ended.end["counts"] == {"pass": 3, "fail": failures}
    assert ended.end["reason"] == f"{failures} unexpected failures"
    assert ended.code == 1
