"""Is a catalogue that does not say what the files say found out?"""

import catalogue
import pytest

ROWS = """areas: [names]
reference: {A: 2}
groups:
  - group: A
    title: Good ones
    rows: [[A1, "A good one", [names/good]]]
    out: [[A2, "Another", "not implemented"]]
ours: {names: [own]}
"""


@pytest.fixture
def small(tree):
    """A tree with a complete catalogue: three cases, one row, one of ours."""
    tree.write("scenarios/names/good.yaml", "id: names/good\nvariants: {a: [1, 2]}\n")
    tree.write("scenarios/names/own.yaml", "id: names/own\n")
    tree.write("scenarios/names/README.md", "# names\n\n0 scenarios, 0 cases.\n")
    tree.write("scenarios/README.md", "| `names` | the name |\n")
    tree.write("ci/catalogue.yaml", ROWS)
    catalogue.check(tree.root, write=True)
    return tree


def read(tree, path):
    return (tree.root / path).read_text()


def test_what_was_written_is_found_right(small):
    assert small.findings(catalogue.check) == []


def test_the_counts_are_those_of_the_files_and_their_variants(small):
    assert "2 scenarios, 3 cases." in read(small, "scenarios/names/README.md")
    assert read(small, "scenarios/README.md") == "| `names` | 2 | 3 | the name |\n"


def test_the_table_has_each_row_with_its_scenarios_or_its_reason(small):
    text = read(small, "scenarios/CATALOGUE.md")
    assert "| A1 | A good one | [names/good](names/good.yaml) |" in text
    assert "| A2 | Another | out of scope: not implemented |" in text
    assert "- names: [own](names/own.yaml)" in text


def test_a_scenario_more_makes_the_counts_stale(small):
    small.write("scenarios/names/third.yaml", "id: names/third\n")
    small.write("ci/catalogue.yaml", ROWS.replace("[own]", "[own, third]"))
    assert {each.split(":")[0] for each in small.findings(catalogue.check)} == {
        "scenarios/CATALOGUE.md", "scenarios/README.md", "scenarios/names/README.md"}


def test_a_scenario_in_no_row_is_found(small):
    small.write("scenarios/names/lost.yaml", "id: names/lost\n")
    assert "scenarios/names/lost.yaml:1: in no row of ci/catalogue.yaml, and not among `ours`" in small.findings(
        catalogue.check)


def test_a_scenario_of_an_area_that_is_not_covered_needs_no_row(small):
    small.write("scenarios/pin/one.yaml", "id: pin/one\n")
    small.write("scenarios/pin/README.md", "1 scenario, 1 case.\n")
    assert not any("in no row" in each for each in small.findings(catalogue.check))


@pytest.mark.parametrize("wrong, said", [
    ("names/good", "row A1 names no scenario: names/gone"),
    ("own", "`ours` names no scenario: names/gone"),
])
def test_a_name_of_no_scenario_is_found(small, wrong, said):
    small.write("ci/catalogue.yaml", ROWS.replace(wrong, wrong.replace("good", "gone").replace("own", "gone")))
    assert f"ci/catalogue.yaml:1: {said}" in small.findings(catalogue.check)


def test_a_scenario_of_a_row_is_not_ours_alone(small):
    small.write("ci/catalogue.yaml", ROWS.replace("[own]", "[own, good]"))
    assert "ci/catalogue.yaml:1: `ours` has a scenario that a row names: names/good" in small.findings(catalogue.check)


@pytest.mark.parametrize("row", ['[A1, "Another", "not implemented"]', '[B2, "Another", "not implemented"]'])
def test_a_row_that_is_there_twice_or_elsewhere_is_found(small, row):
    small.write("ci/catalogue.yaml", ROWS.replace('[A2, "Another", "not implemented"]', row))
    assert any("is there twice, or in another group's place" in each for each in small.findings(catalogue.check))


@pytest.mark.parametrize("reference, row", [("{A: 3}", "A3"), ("{A: 2, J: 1}", "J1")])
def test_a_row_of_the_reference_that_is_missing_is_named(small, reference, row):
    small.write("ci/catalogue.yaml", ROWS.replace("{A: 2}", reference))
    assert small.findings(catalogue.check) == [f"ci/catalogue.yaml:1: row {row} of the reference list is missing"]


def test_a_row_that_the_reference_has_not_is_found(small):
    small.write("ci/catalogue.yaml", ROWS.replace("{A: 2}", "{A: 1}"))
    assert small.findings(catalogue.check) == [
        "ci/catalogue.yaml:1: row A2 is not in the reference list, whose group A has fewer rows"]


def test_a_group_that_is_not_of_the_reference_has_any_rows(small):
    more = '  - {group: Y, title: More, rows: [[Y7, "A good one", [names/good]]]}\n'
    small.write("ci/catalogue.yaml", ROWS.replace("ours:", more + "ours:"))
    catalogue.check(small.root, write=True)
    assert small.findings(catalogue.check) == []


def test_a_row_without_scenarios_needs_a_reason(small):
    small.write("ci/catalogue.yaml", ROWS.replace('"not implemented"', '""'))
    assert "ci/catalogue.yaml:1: row A2 has neither scenarios nor a reason" in small.findings(catalogue.check)


def test_an_area_needs_a_readme_and_a_row(small):
    small.write("scenarios/trust/one.yaml", "id: trust/one\n")
    found = small.findings(catalogue.check)
    assert "scenarios/README.md:1: no row for the area trust" in found
    assert any(each.startswith("scenarios/trust/README.md:1: MUST have a README") for each in found)


def test_the_command_writes_and_then_finds_nothing(small):
    small.write("scenarios/CATALOGUE.md", "old\n")
    assert small.command("catalogue").returncode == 1
    assert small.command("catalogue", "--write").returncode == 0
    assert small.command("catalogue").returncode == 0


def test_a_table_of_something_else_keeps_its_text(small):
    keys = "\n## The keys\n\n| `names` | what a key of this name means |\n"
    small.write("scenarios/README.md", "| `names` | the name |\n" + keys)
    catalogue.check(small.root, write=True)
    assert read(small, "scenarios/README.md") == "| `names` | 2 | 3 | the name |\n" + keys
