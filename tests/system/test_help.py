"""What the program says of itself."""

import json
import re

import pytest

# In this order a reader meets them; commands that are rarer may follow.
COMMANDS = ["run", "try", "serve", "list", "explain", "show"]


def commands_of(text):
    """The commands that a help text lists."""
    return re.findall(r"^  (\w[\w-]*) {2,}\S", text.partition("Subcommands:\n")[2].partition("\n\n")[0], re.M)


def test_the_help_of_the_program_lists_every_command_and_the_exit_codes(guise):
    ended = guise("--help")
    assert (ended.code, ended.err) == (0, "")
    assert commands_of(ended.out)[: len(COMMANDS)] == COMMANDS
    assert "Examples:" in ended.out
    told = ended.out.partition("Exit codes:")[2]
    assert [int(code) for code in re.findall(r"\b\d+\b", told)] == [0, 1, 2, 3, 4, 5, 10, 11, 12]


def test_the_help_of_every_command_has_examples_of_it(guise):
    for command in commands_of(guise("--help").out):
        ended = guise(command, "--help")
        assert (ended.code, ended.err) == (0, ""), command
        examples = ended.out.partition("Examples:\n")[2]
        assert f"guise {command}" in examples.partition("\n")[0], ended.out


def test_the_help_of_each_thing_that_can_be_listed_has_examples(guise):
    kinds = commands_of(guise("list", "--help").out)
    assert kinds == ["scenarios", "clients", "profiles", "clauses", "defects"]
    for kind in kinds:
        ended = guise("list", kind, "--help")
        assert (ended.code, "Examples:" in ended.out) == (0, True), kind


def test_the_version_is_one_line(guise):
    ended = guise("--version")
    assert (ended.code, ended.err) == (0, "")
    assert re.fullmatch(r"guise \d+\.\d+\.\d+\n", ended.out)


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("list", "nonsense"), ("explain",), ("show", "--nonsense")])
def test_what_is_no_command_is_a_usage_error(guise, arguments):
    ended = guise(*arguments)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err


@pytest.mark.parametrize("arguments", [("--only",), ("-j", "0"), ("-j", "many"), ("--now", "soon"), ("--nonsense",)])
def test_a_wrong_option_of_a_run_is_a_usage_error(guise, arguments):
    ended = guise("run", "--client", "curl", *arguments)
    assert (ended.code, ended.results) == (4, [])


def test_what_is_to_be_explained_must_exist(guise):
    ended = guise("explain", "nobody/knows")
    assert (ended.code, ended.out) == (4, "")
    assert "'nobody/knows'" in ended.err


def test_what_is_listed_in_text_is_what_is_listed_for_a_program(guise):
    for kind in commands_of(guise("list", "--help").out):
        rows = json.loads(guise("list", kind, "--json").out)
        text = guise("list", kind).out.splitlines()
        assert [line.split()[0] for line in text[1:]] == [next(iter(row.values())) for row in rows], kind
