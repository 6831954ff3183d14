"""Is a row of the table of kinds found that names what is not there?"""

import kinds
import pytest


@pytest.fixture
def known(tree):
    tree.write("scenarios/a/b.yaml", "id: a/b\ncontrol: a/c\n")
    tree.write(f"{kinds.DEFECTS}/area.yaml", "defects:\n  - name: one\n")
    tree.write(f"{kinds.DEFECTS}/operators.yaml", "operators:\n  negate: the opposite\n")
    return tree


def found(tree, row):
    tree.write(kinds.TABLE, f"| kind | scenario | control | defect |\n|---|---|---|---|\n{row}\n")
    return [line.partition(": ")[2] for line in tree.findings(kinds.check)]


def row(scenario="a/b", control="a/c", defect="one"):
    return f"| a kind | [{scenario}]({scenario}.yaml) | [{control}]({control}.yaml) | {defect} |"


def test_a_row_of_what_is_there_passes(known):
    assert found(known, row()) == []


@pytest.mark.parametrize("line, message", [
    (row(scenario="a/x"), "no scenario a/x"),
    (row(control="a/d"), "the control of a/b is a/c, and not a/d"),
    (row(defect="two"), "the reference client has no defect two"),
    ("| a kind | a/b | a/c | one |", "is no row of a kind, a scenario, its control and a defect")])
def test_a_row_that_names_what_is_not_there_is_found(known, line, message):
    assert found(known, line) == [message]
