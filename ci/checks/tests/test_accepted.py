"""Is a table of accepted certificates found that differs from the known deviations?"""

import accepted
import pytest

ENTRY = """  - match: {{scenario: "{scenario}", mode: {mode}, check: {check}}}
    fails: {{verdict: {verdict}, observed: "{observed}"}}
    reason: a reason
    evidence: guise run
"""


def entry(scenario, mode="strict", check="decision", verdict="fail", observed="accept"):
    return ENTRY.format(scenario=scenario, mode=mode, check=check, verdict=verdict, observed=observed)


@pytest.fixture
def small(tree):
    """A tree with two scenarios, one in four cases, and a client without a known deviation."""
    tree.write("scenarios/names/plain.yaml", "id: names/plain\n")
    tree.write("scenarios/names/varied.yaml", 'id: names/varied\nvariants: {tls: ["1.2", "1.3"], at: [leaf, root]}\n')
    return tree


def table_of(tree, *entries):
    """The rows of ACCEPTED.md, without its links."""
    tree.write("fixtures/clients/known/one.yaml", "known: one\nentries:\n" + "".join(entries))
    accepted.check(tree.root, write=True)
    assert tree.findings(accepted.check) == []
    text = (tree.root / accepted.TABLE).read_text()
    return [line.replace("](../../scenarios/names/", "").split(".yaml)")[-1] for line in text.splitlines()
            if line.startswith("| [")], [line[3:] for line in text.splitlines() if line.startswith("## ")]


def test_what_was_accepted_and_must_be_refused_has_a_row(small):
    assert table_of(small, entry("names/plain")) == ([" | accepts |"], ["Accepted, and must be refused"])


def test_what_should_be_refused_has_a_table_of_its_own(small):
    assert table_of(small, entry("names/plain", verdict="note"))[1] == ["Accepted, and should be refused"]


def test_what_was_refused_and_must_be_accepted_has_a_table_of_its_own(small):
    assert table_of(small, entry("names/plain", observed="refuse"))[1] == ["Refused, and must be accepted"]


def test_other_checks_than_the_decision_are_in_no_table(small):
    assert table_of(small, entry("names/plain", check="alert")) == ([], [])


@pytest.mark.parametrize(("scenario", "cell"), [
    ("names/varied*", "accepts"),
    ("names/varied[*", "accepts"),
    ("names/varied[at=leaf,*", "accepts (at=leaf,tls=1.2; at=leaf,tls=1.3)"),
    ("names/varied[at=root,tls=1.3]", "accepts (at=root,tls=1.3)"),
])
def test_a_cell_names_the_cases_where_it_is_not_all_of_them(small, scenario, cell):
    assert table_of(small, entry(scenario))[0] == [f" | {cell} |"]


@pytest.mark.parametrize(("modes", "cell"), [
    (["strict", "recommended"], "accepts (recommended too)"), (["recommended"], "accepts (recommended)")])
def test_a_cell_names_modes_other_than_strict(small, modes, cell):
    assert table_of(small, *(entry("names/plain", mode=mode) for mode in modes))[0] == [f" | {cell} |"]


def test_a_table_of_yesterday_is_found(small):
    table_of(small, entry("names/plain"))
    small.write("fixtures/clients/known/one.yaml", "known: one\nentries:\n" + entry("names/varied*"))
    assert any("is not what" in str(finding) for finding in small.findings(accepted.check))


def test_an_entry_about_no_case_is_found(small):
    small.write("fixtures/clients/known/one.yaml", "known: one\nentries:\n" + entry("names/absent"))
    assert any("names no case: names/absent" in str(finding) for finding in small.findings(accepted.check))
