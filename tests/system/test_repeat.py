"""`guise run --repeat`: what a client does one time and not the other."""

import shlex

import pytest

import program
from browser import chromium
from test_results_schema import assert_valid

NEGATIVE = "trust/self-signed"

# Refuses late, but at every second start at the bad server it sends the secret first. It counts its starts in a file.
LEAKS_SOMETIMES = """\
client: leaks-sometimes
detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
profile: tls-client
driver: exec
service: http
routing: [option]
run: [sh, -c, 'role=late-refuser; starts="{folder}/starts";
      case "$1" in *self-signed.trust.guise.test) echo >>"$starts";
      [ $(($(wc -l <"$starts") % 2)) = 1 ] || role=request-before-verifying;; esac;
      exec /usr/bin/python3 -I "$0" $role --host "$@"',
      "{liars}", "{{host}}", --address, "{{address}}",
      --port, "{{port}}", --trust, "{{trust}}", --canary, "{{canary}}"]
modes: {{strict: {{}}}}
"""


@pytest.fixture
def sometimes(guise):
    """Runs the client through the bad scenario, one start after the other, and whatever it needs for that."""
    file = guise.folder / "leaks-sometimes.yaml"
    file.write_text(LEAKS_SOMETIMES.format(folder=guise.folder, liars=program.LIARS / "liars.py"))

    def run(*more):
        return guise("run", "--client", file, "--only", NEGATIVE, "-j", "1", *more)

    return run


def runs_by_verdict(case):
    return {part["verdict"]: part["runs"] for part in case["spread"]}


def test_a_leak_that_one_run_does_not_show_is_shown_by_several(sometimes):
    once = sometimes()
    assert (once.code, once.case(NEGATIVE)["verdict"]) == (0, "pass")
    assert "spread" not in once.case(NEGATIVE) and "repeat" not in once.results[0]
    ended = sometimes("--repeat", "6")
    case = ended.case(NEGATIVE)
    assert (ended.code, case["verdict"]) == (1, "fail"), ended.out
    assert len(runs_by_verdict(case)["fail"]) == 3
    assert sum(map(len, runs_by_verdict(case).values())) == 6
    assert "3 of 6 runs failed, 3 " in case["sentence"]
    assert "then refused" in case["sentence"]
    (control,) = (each for each in ended.cases if each["scenario"] != NEGATIVE)
    assert runs_by_verdict(control) == {"pass": [1, 2, 3, 4, 5, 6]}
    assert_valid(ended.results)


def test_every_report_says_how_many_runs_failed(sometimes):
    ended = sometimes("--repeat", "4")
    assert "2 of 4 runs failed" in ended.out
    for report in ("summary.md", "junit.xml", "report.html"):
        assert "2 of 4 runs failed" in (ended.reports / report).read_text(), report


def test_each_run_has_a_secret_and_a_host_of_its_own(sometimes):
    visits = [each for each in sometimes("--repeat", "4").of_type("visit") if each["scenario"] == NEGATIVE]
    assert sorted(each.get("attempt", 1) for each in visits) == [1, 2, 3, 4]
    for field in (lambda each: each["evidence"]["canary"], lambda each: each["evidence"]["presented"]["host"]):
        assert len({field(each) for each in visits}) == 4


def test_the_verdicts_of_repeated_cases_follow_from_their_evidence(sometimes, guise):
    ended = sometimes("--repeat", "4")
    before = (ended.reports / "report.html").read_bytes()
    judged = guise("judge", ended.reports / "results.jsonl", "--html", "again.html")
    assert judged.code == 1
    assert f"0 of {len(ended.cases)} verdicts differ" in judged.out
    assert ended.case(NEGATIVE)["sentence"] in judged.out
    assert (guise.folder / "again.html").read_bytes() == before


def test_a_repeated_run_is_resumed_by_its_own_command_and_by_no_other(sometimes):
    ended = sometimes("--repeat", "4")
    lines = (ended.reports / "results.jsonl").read_text().splitlines(keepends=True)
    cut = next(i for i, line in enumerate(lines) if '"attempt":3' in line) + 1
    (ended.reports / "results.jsonl").write_text("".join(lines[:cut]))
    other = sometimes("--resume")
    assert other.code == 4
    assert "this run had another number of runs of a case: 4, and now it is 1" in other.err
    resumed = sometimes("--repeat", "4", "--resume")
    assert (resumed.code, resumed.verdicts()) == (1, ended.verdicts())
    assert len(resumed.of_type("visit")) == len(ended.of_type("visit"))


def test_the_command_that_repeats_a_case_repeats_it_as_often(sometimes, guise):
    case = sometimes("--repeat", "4").case(NEGATIVE)
    words = shlex.split(case["repro"])
    assert words[-2:] == ["--repeat", "4"]
    again = guise(*words[1:], "-j", "1").case(NEGATIVE)
    assert (again["verdict"], len(runs_by_verdict(again)["fail"])) == ("fail", 2)


@pytest.mark.parametrize("number", ["0", "-1", "1001", "1.5", "often"])
def test_a_number_of_runs_that_is_none_is_a_mistake(sometimes, number):
    ended = sometimes(f"--repeat={number}")
    assert (ended.code, ended.results) == (4, [])
    assert "--repeat" in ended.err and number in ended.err


def test_more_runs_than_a_session_can_hold_are_a_mistake(guise):
    ended = guise("run", "--client", program.LIARS / "late-refuser.yaml", "--repeat", "1000")
    assert (ended.code, ended.results) == (4, [])
    assert "choose fewer scenarios" in ended.err


def test_the_page_tells_of_each_verdict_and_shows_one_run_of_it(sometimes):
    ended = sometimes("--repeat", "4")
    parts = ended.case(NEGATIVE)["spread"]
    with chromium() as browser:
        page = browser.open(ended.reports / "report.html")
        page.run("location.hash = arguments[0]", f"#case={NEGATIVE} leaks-sometimes strict")
        page.driver.execute_async_script("setTimeout(arguments[0], 100)")
        assert page.complaints() == []
        table = page.text("#case table")
        headings = page.run("return [...document.querySelectorAll('#case section')].map((s) => s.getAttribute('aria-label'))")
    for part in parts:
        assert ", ".join(map(str, part["runs"])) in table and part["sentence"] in table
    assert headings == [f"Run {part['runs'][0]}, visit 1" for part in parts]
