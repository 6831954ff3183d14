"""`guise run --compare`: a secret in an unknown form is found, and what varies by itself is none."""

import shlex

import pytest

import liars_in_forms
import program
from test_results_schema import assert_valid
from test_secret_forms import client_file

CONTROL, NEGATIVE = program.ONE_GOOD_ONE_BAD
PLACES = {"unknown-server-name": "in its ClientHello", "unknown-clear": "in clear", "unknown-proxy": "to its proxy",
          "unknown-event": "in an event"}


@pytest.fixture(scope="module")
def compared(guise_path, tmp_path_factory):
    """One run of all of them."""
    folder = tmp_path_factory.mktemp("compared")
    forms = [*liars_in_forms.UNKNOWN, *liars_in_forms.HARMLESS]
    options = [word for form in forms for word in ("--client", client_file(folder, form))]
    return program.shared_run(guise_path, tmp_path_factory, "compare", *options, "--only", CONTROL, "--only", NEGATIVE,
                              "-j", "8", "--compare")


def case_of(ended, form, scenario=NEGATIVE):
    (case,) = (each for each in ended.cases if (each["client"], each["scenario"]) == (f"leaks-{form}", scenario))
    return case


@pytest.mark.parametrize("form", program.first_is_slow(liars_in_forms.UNKNOWN))
def test_a_secret_in_an_unknown_form_is_found(compared, form):
    case = case_of(compared, form)
    assert case["verdict"] == "fail", case["sentence"]
    assert "in a form that follows it" in case["sentence"]
    assert PLACES.get(form, "") in case["sentence"]
    assert case["spread"] == [{"verdict": "fail", "runs": [1, 2, 3, 4, 5, 6], "sentence": case["spread"][0]["sentence"]}]
    assert case_of(compared, form, CONTROL)["verdict"] == "pass"


@pytest.mark.parametrize("form", liars_in_forms.HARMLESS)
def test_what_varies_by_itself_is_no_secret(compared, form):
    assert "follows it" not in case_of(compared, form)["sentence"]
    visits = [each for each in compared.of_type("visit") if each["client"] == f"leaks-{form}"]
    assert visits and "that follows it" not in str(visits)


def test_without_a_comparison_such_a_form_is_not_seen(guise):
    """The comparison is what finds it."""
    ended = guise("run", "--client", client_file(guise.folder, "unknown-encrypted"), "--only", NEGATIVE)
    assert "canary" not in ended.case(NEGATIVE)["sentence"]


def test_the_runs_of_a_case_differ_in_their_secrets_alone(compared):
    visits = {each.get("attempt", 1): each for each in compared.of_type("visit")
              if (each["client"], each["scenario"]) == ("leaks-unknown-encrypted", NEGATIVE)
              and not each.get("control")}
    secrets = [visits[run]["evidence"]["canary"] for run in range(1, 7)]
    assert secrets[:3] == secrets[:2:-1] and len(set(secrets)) == 3
    assert len({each["evidence"]["presented"]["host"] for each in visits.values()}) == 1


def test_what_a_comparison_has_found_is_in_the_record_and_judged_again(compared, guise):
    assert_valid(compared.results)
    assert compared.results[0]["compare"] is True and compared.results[0]["repeat"] == 6
    again = guise("judge", compared.reports / "results.jsonl")
    assert f"0 of {len(compared.cases)} verdicts differ" in again.out
    words = shlex.split(case_of(compared, "unknown-encrypted")["repro"])
    assert words[-1] == "--compare" and "--repeat" not in words


def test_a_comparison_has_its_own_number_of_runs(guise):
    ended = guise("run", "--client", client_file(guise.folder, "unknown-encrypted"), "--compare", "--repeat", "2")
    assert ended.code == 4
    assert "--compare" in ended.err and "--repeat" in ended.err
