"""Is a check run on the right files, and does its exit code say what it found?"""

import common
import pytest

CHECKS = ["budget", "layout", "containment", "hygiene"]


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_that_finds_no_file_fails(tree, name):
    result = tree.command(name)
    assert result.returncode == 1
    assert "looked at no file" in result.stdout


@pytest.mark.parametrize("name", CHECKS)
def test_help_says_what_a_check_is_for(tree, name):
    result = tree.command(name, "--help")
    assert result.returncode == 0
    assert "usage:" in result.stdout and "--root" in result.stdout


def test_findings_are_printed_with_file_and_line_and_fail_the_run(tree):
    tree.write("a.txt", "one\ntwo \n")
    result = tree.command("hygiene")
    assert result.returncode == 1
    assert result.stdout.splitlines()[0] == "a.txt:2: trailing whitespace"


def test_a_clean_tree_passes(tree):
    tree.write("a.txt", "one\n")
    result = tree.command("hygiene")
    assert (result.returncode, result.stdout) == (0, "hygiene: 1 files, 0 findings\n")


def test_uncommitted_files_count_and_ignored_ones_do_not(tree):
    tree.write(".gitignore", "/build/\n")
    tree.write("new.cpp", "\n")
    tree.write("build/made.cpp", "\n")
    assert common.project_files(tree.root) == [".gitignore", "new.cpp"]


def test_a_file_name_with_a_space_and_an_accent_is_found(tree):
    tree.write("a é.txt", "\n")
    assert common.project_files(tree.root) == ["a é.txt"]
