"""Is a gap in the product of answers found, and a scenario that does not do what its cell says?"""

import itertools

import answers
import pytest

NO_CLAUSE = "no clause speaks: an attempt goes to one server"
SCENARIO = """
variants: {answer: [connect, once]}
visits:
  - present: {leaf: self-signed, key: a}
    answer: $answer
  - restart: client
  - present: {leaf: self-signed, key: a}
    at: {host: other}
    answer: decline
"""


def table(**cells):
    """A complete table: each cell has its reason, but for those that are given by `answer_time_place`."""
    lines = ["| answer | then | same host | other host | other port |", "|---|---|---|---|---|"]
    for answer, time in itertools.product(answers.ANSWERS, answers.TIMES):
        row = [cells.get(f"{answer}_{time}_{place}".replace(" ", "_"), NO_CLAUSE) for place in answers.PLACES]
        lines.append(f"| {answer} | {time} | {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


@pytest.fixture
def scenarios(tree):
    tree.write("scenarios/prompt/other.yaml", SCENARIO)
    return tree


def found(tree, text):
    tree.write(answers.TABLE, text)
    return [line.partition(": ")[2] for line in tree.findings(answers.check)]


def test_a_complete_table_of_what_is_there_passes(scenarios):
    assert found(scenarios, table(connect_restart_other_host="`prompt/other[answer=connect]`")) == []


def test_a_row_that_is_missing_is_found(scenarios):
    text = "\n".join(line for line in table().splitlines() if "| once | later |" not in line)
    assert found(scenarios, text) == [f"no cell for once, later, {place}" for place in answers.PLACES]


@pytest.mark.parametrize("cell, fault", [
    ("", "names no scenario, and no reason for none"),
    ("no clause speaks: ", "names no scenario, and no reason for none"),
    ("`prompt/none`", "no scenario `prompt/none`"),
    ("`prompt/other[answer=ignore]`", "no scenario `prompt/other[answer=ignore]`"),
    ("`prompt/other[answer=connect]`", "`prompt/other[answer=connect]` does something else")])
def test_a_cell_that_names_nothing_or_something_else_is_found(scenarios, cell, fault):
    assert found(scenarios, table(connect_mode_change_other_host=cell)) == [f"connect, mode change, other host: {fault}"]
