"""`pytest --guise-client`: the verdicts of `guise run`, as pytest tells them.

All scenarios against further clients: GUISE_TEST_CLIENTS="curl gnutls-cli reference-desktop", about a minute.
"""

import os
import re

import pytest

import plugin
import program

CLIENTS = os.environ.get("GUISE_TEST_CLIENTS", "curl").split()
LIAR, SAYS_NO = program.LIARS / "accepts-everything.yaml", program.LIARS / "refuses-everything.yaml"
NEGATIVE = "validity/not-yet-valid"
KNOWN = """
known: accepts-everything
entries:
  - match: {{scenario: "{scenario}", mode: strict, check: decision}}
    fails: {{verdict: {verdict}, observed: "{observed}"}}
    reason: the reason that is written down
    evidence: a ticket
    expires: "{expires}"
"""


@pytest.fixture
def run(guise_path, tmp_path):
    return plugin.Pytest(guise_path, tmp_path)


@pytest.fixture(scope="session", params=CLIENTS)
def engine_run(request, guise_path, tmp_path_factory):
    """A client, and the engine's own run of it through all scenarios."""
    if request.param == "curl":
        return "curl", request.getfixturevalue("curl_run")
    return request.param, program.shared_run(guise_path, tmp_path_factory, request.param, "--client", request.param)


def outcome_of(case):
    """What pytest makes of a record."""
    if case["known"] and case["disposition"] == "expected":
        return "xfailed"
    return {"pass": "passed", "note": "passed", "fail": "failed", "not-applicable": "skipped"}.get(case["verdict"], "error")


def assert_same(ended, cases):
    """The same cases, with the same verdicts in results.jsonl and what follows of them in pytest."""
    for case in cases:
        assert ended.verdicts(case["session"])[case["scenario"]] == case["verdict"], case
    assert ended.outcomes() == {f"{case['scenario']}[{case['mode']}]": outcome_of(case) for case in cases}


def below(cases, *areas):
    return [case for case in cases if case["area"] in areas]


def test_scenarios_spread_over_two_workers_have_the_verdicts_of_the_engine(run, engine_run):
    client, engine = engine_run
    areas = ["validity", "extensions", "trust"]
    ended = run("--guise-client", client, "-n", "2", *plugin.scenarios(*areas))
    assert ended.code == 0, ended.out
    assert_same(ended, below(engine.cases, *areas))


@pytest.mark.long
def test_all_scenarios_spread_over_two_workers_have_the_verdicts_of_the_engine(run, engine_run):
    client, engine = engine_run
    ended = run("--guise-client", client, "-n", "2")
    assert ended.code == engine.code == 0, ended.out
    assert_same(ended, engine.cases)


def test_the_verdicts_are_the_same_without_workers(run, engine_run):
    client, engine = engine_run
    areas = sorted({case["area"] for case in engine.cases}) if len(CLIENTS) > 1 else ["names", "usage", "login"]
    ended = run("--guise-client", client, *plugin.scenarios(*areas))
    assert ended.code == 0, ended.out
    assert_same(ended, below(engine.cases, *areas))


def test_a_failure_is_told_as_the_program_tells_it(run, guise):
    engine = guise("run", "--client", LIAR, "--mode", "strict", "--only", NEGATIVE)
    ended = run(f"--guise-client={LIAR}", "--guise-mode", "strict", *plugin.scenarios(NEGATIVE + ".yaml"))
    assert (ended.code, ended.outcomes()) == (1, {f"{NEGATIVE}[strict]": "failed"})
    case = engine.case(NEGATIVE)
    assert case["sentence"] in ended.out
    assert f"repeat: {case['repro']}" in ended.out
    assert re.search(r"canary: visit 1 fail: expected .*, observed the canary arrived  \[\S+\]", ended.out)
    assert "Traceback" not in ended.out and "runner.py" not in ended.out


def test_what_could_not_be_judged_is_an_error(run):
    ended = run(f"--guise-client={SAYS_NO}", *plugin.scenarios(NEGATIVE + ".yaml"))
    assert ended.outcomes() == {f"{NEGATIVE}[{mode}]": "error" for mode in ("disabled", "strict")}
    assert "Not run: the control before the session was not accepted in two attempts: " in ended.out
    assert "Traceback" not in ended.out and "runner.py" not in ended.out


def test_a_client_that_is_not_installed_is_an_error_that_says_so(run):
    text = LIAR.read_text().replace("detect: {run: [/usr/bin/python3", "detect: {run: [no-such-program")
    (run.folder / "mine.yaml").write_text(text)
    ended = run("--guise-client", "mine.yaml", "--guise-mode", "strict", *plugin.scenarios(NEGATIVE + ".yaml"))
    assert ended.outcomes() == {f"{NEGATIVE}[strict]": "error"}
    assert "accepts-everything took no part: " in ended.out


def test_a_missed_should_is_a_warning(run):
    ended = run(f"--guise-client={LIAR}", "-m", "strict", *plugin.scenarios("trust/missing-intermediate.yaml"))
    assert (ended.code, set(ended.outcomes().values())) == (0, {"passed"})
    assert "MissedShould: Expected refuse (accept is a note); the client accepted and sent the canary." in ended.out


def test_what_does_not_apply_is_skipped_with_the_reason(run):
    ended = run("--guise-client", "curl", "-rs", *plugin.scenarios("resumption/once.yaml"))
    assert set(ended.outcomes().values()) == {"skipped"}
    assert "Not applicable: it is a new process in each visit, and resumes no session." in ended.out


def known(run, scenario, verdict, observed, expires="2999-01-01", *more):
    entry = KNOWN.format(scenario=scenario, verdict=verdict, observed=observed, expires=expires)
    (run.folder / "known.yaml").write_text(entry)
    return run(f"--guise-client={LIAR}", "--guise-baseline", "known.yaml", "--guise-mode", "strict", "-rx",
               *more, *plugin.scenarios("trust/missing-intermediate.yaml", "trust/root-signed.yaml"))


def test_what_is_known_is_an_expected_failure_with_the_reason(run):
    ended = known(run, "trust/missing-intermediate", "note", "accept")
    assert ended.outcomes()["trust/missing-intermediate[strict]"] == "xfailed"
    assert "the reason that is written down: Expected refuse" in ended.out


def test_what_is_known_and_passes_is_a_failure(run):
    ended = known(run, "trust/root-signed", "fail", "refuse")
    assert (ended.code, ended.outcomes()["trust/root-signed[strict]"]) == (1, "failed")
    assert "[XPASS(strict)] a known deviation says that this fails: remove its entry" in ended.out


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_an_entry_that_has_expired_makes_the_exit_code_of_the_engine(run, workers):
    ended = known(run, "trust/root-signed", "fail", "refuse", "2020-01-01", *workers)
    assert (ended.code, ended.outcomes()["trust/root-signed[strict]"]) == (12, "passed")
    assert "1 stale known deviation (exit 12)" in ended.out


def test_one_run_of_the_engine_has_the_selected_cases_and_their_controls(run):
    ended = run("--guise-client", "curl", "-m", "validity and critical and not disabled", "-k", "leaf", "--strict-markers")
    assert ended.outcomes() == {f"validity/expired[position=leaf,tls={tls}][strict]": "passed" for tls in ("1.2", "1.3")}
    assert set(ended.verdicts("curl/strict")) == {
        *(f"validity/expired[position=leaf,tls={tls}]" for tls in ("1.2", "1.3")),
        *(f"trust/ca-signed[tls={tls}]" for tls in ("1.2", "1.3"))}
    assert not (run.folder / "out" / "curl" / "disabled").exists()


def test_a_case_is_named_by_its_file_and_its_id(run):
    node = f"{plugin.scenarios(NEGATIVE + '.yaml')[0]}::{NEGATIVE}[strict]"
    ended = run("--guise-client", "curl", node)
    assert (ended.code, ended.outcomes()) == (0, {f"{NEGATIVE}[strict]": "passed"})


def test_several_clients_are_told_apart(run):
    ended = run("--guise-client", "curl", "--guise-client", "wget", *plugin.scenarios(NEGATIVE + ".yaml"), "-n", "2")
    assert ended.outcomes() == {f"{NEGATIVE}[{client}/{mode}]": "passed"
                                for client in ("curl", "wget") for mode in ("disabled", "strict")}


def test_another_profile_judges(run):
    ended = run("--guise-client", "curl", "--guise-profile", "tofu-prompt", "--guise-mode", "strict",
                *plugin.scenarios("trust/root-signed.yaml"))
    assert ended.code == 0, ended.out
    assert {each["profile"] for each in ended.records("curl/strict") if each["type"] == "case"} == {"tofu-prompt"}


def test_a_verdict_of_an_earlier_run_is_not_taken_for_one_of_this(run):
    files = plugin.scenarios("trust/root-signed.yaml")
    assert run("--guise-client", "curl", *files).code == 0
    ended = run("--guise-client", "curl", "--guise-now", "yesterday", *files)
    assert set(ended.outcomes().values()) == {"error"}
    assert "--now: expected a time such as" in ended.out


def test_results_that_guise_has_not_written_are_left_alone(run):
    precious = run.folder / "out" / "curl" / "strict" / "results.jsonl"
    precious.parent.mkdir(parents=True)
    precious.write_text("precious\n")
    ended = run("--guise-client", "curl", "--guise-mode", "strict", *plugin.scenarios("trust/root-signed.yaml"))
    assert set(ended.outcomes().values()) == {"error"}
    assert "the file exists and was not written by guise" in ended.out
    assert precious.read_text() == "precious\n"


@pytest.mark.parametrize("options, said", [
    (("--guise-client", "nobody"), "unknown client 'nobody': use a name of `guise list clients`"),
    (("--guise-client", "curl", "--guise-client", "curl"), 'duplicate client name "curl"'),
    (("--guise-client", "curl", "--guise-mode", "lax"), "no selected client has a mode 'lax' (they have: disabled, strict)"),
    (("--guise-client", "curl", "--guise-profile", "nix"), "expected the name of a profile"),
    (("--guise-client", "curl", "--guise-program", "no-such-guise"), "no-such-guise: expected the program guise, found none"),
    (("--guise-client", "curl", "--guise-data", "."), ".: expected a folder with scenarios/, certs/ and fixtures/"),
    (("--guise-client", "curl", "-n", "2", "--dist", "loadfile"), "needs --dist loadgroup, found --dist loadfile"),
])
def test_a_wrong_option_is_a_usage_error(run, options, said):
    ended = run(*options)
    assert ended.code == 4
    assert said in ended.out and "Traceback" not in ended.out
