"""The mutation matrix: its table of defects keeps the rules of the method, and it counts what it should."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mutation import defects as table  # noqa: E402 - ci/ is not on the path before
from mutation import matrix, reach, tally  # noqa: E402


def defect(**what):
    return table.Defect(**{"name": "d", "sentence": "", "operator": "never", "clauses": ["DK-40"], "products": ["desktop"],
                           "limits": {"modes": set(), "is": set()}, **what})


def case(*checks, verdict="fail"):
    """A case of the desktop product; `checks` are (verdict, clauses)."""
    return {"client": "reference-desktop-d", "mode": "strict", "scenario": "trust/self-signed[tls=1.2]", "verdict": verdict,
            "sentence": "", "checks": [{"check": "x", "verdict": each, "clause": clauses} for each, clauses in checks]}


@pytest.fixture
def tallied():
    def make(*cases, **what):
        one = tally.Tally(defect(**what), {"DK-40": {"MB-41"}, "DK-50": set()})
        for each in cases:
            one.take(each)
        return one

    return make


def test_the_table_keeps_the_rules_of_the_method():
    defects = table.load()
    assert table.method_problems(defects, table.ledger()) == []
    assert len(defects) >= 200
    assert all(bool(each.killed_by) != bool(each.survives) for each in defects)


def test_the_scenarios_that_kill_exist():
    for each in table.load():
        assert not each.killed_by or each.killed_by["scenario"] in reach.scenarios(), each.name


def test_a_clause_without_four_operators_is_a_problem():
    problems = table.method_problems([defect()], table.ledger())
    assert "DK-40: 1 operators, 4 are needed" in problems


def test_more_than_three_ideas_of_one_operator_are_a_problem():
    several = [defect(name=str(at)) for at in range(4)]
    assert any("4 ideas" in each for each in table.method_problems(several, table.ledger()))
    one_idea = [defect(name=str(at), idea="same") for at in range(4)]
    assert not any("ideas" in each for each in table.method_problems(one_idea, table.ledger()))


def test_a_case_kills_under_the_clause_that_it_cites(tallied):
    one = tallied(case(("fail", ["DK-40"])), clauses=["DK-40", "DK-50"])
    assert (one.killed("DK-40"), one.surviving(), one.wrong) == (True, ["DK-50"], [])


def test_a_clause_that_brings_another_along_kills_for_it(tallied):
    assert tallied(case(("note", ["MB-41"]))).killed("DK-40")


def test_a_case_under_other_clauses_alone_is_judged_wrong(tallied):
    assert tallied(case(("fail", ["DK-20"]))).wrong
    assert not tallied(case(("fail", ["DK-20"])), also=["DK-20"]).wrong
    assert not tallied(case(("fail", ["DK-20"]), ("fail", ["DK-40"]))).wrong


def test_an_error_is_judged_wrong_and_an_inconclusive_case_is_not(tallied):
    assert tallied(case(verdict="error")).wrong
    assert not tallied(case(verdict="inconclusive")).wrong


def test_the_matrix_counts_killed_and_surviving_defects(tallied):
    text = matrix.text([tallied(case(("fail", ["DK-40"]))), tallied()])
    row = next(line for line in text.splitlines() if line.startswith("DK-40"))
    assert "1-1" in row.split()


def test_a_part_of_the_matrix_says_nothing_of_what_it_did_not_try(tallied):
    one = tallied(case(("fail", ["DK-40"])), clauses=["DK-40", "DK-50"])
    row = {partial: next(line for line in matrix.text([one], partial).splitlines() if line.startswith("DK-50"))
           for partial in (True, False)}
    assert "0-1" in row[False].split() and "0-1" not in row[True].split()


def test_an_error_after_the_death_of_a_client_excuses_nothing(tallied):
    after = {**case(verdict="error"), "sentence": "the adapter died of signal 11 (Segmentation fault)"}
    one = tallied(after, clauses=["TL-04"])
    assert (one.wrong, one.killed("TL-04")) == ([], False)
    assert tallied(after).wrong


@pytest.mark.parametrize("limits, visits, reached", [
    ({"is": {"after-restart"}}, [{"present": {}}], False),
    ({"is": {"after-restart"}}, [{"present": {}}, {"restart": "client"}, {"present": {}}], True),
    ({"is": {"same-pin"}}, [{"present": {}}], False),
    ({"is": {"second-login"}}, [{"present": {}, "connections": 2}], True),
    ({"modes": {"basic"}}, [{"present": {}}], False),
    ({"modes": {"basic"}}, [{"present": {}}, {"mode": "basic"}], True),
    ({"modes": {"strict"}}, [{"present": {}}], True),
    ({"is": {"invalid"}}, [{"present": {}}], True),
])
def test_a_defect_is_tried_where_a_scenario_can_bring_it_about(limits, visits, reached):
    one = defect(limits={"modes": set(), "is": set(), **limits})
    assert reach.reaches(one, "strict", {"visits": visits}) == reached


def test_the_places_of_a_clause_are_those_whose_profile_cites_it():
    assert matrix.places_of("DK-23") == {("desktop", "basic")}
    assert ("mobile", "default") in matrix.places_of("MB-13")
