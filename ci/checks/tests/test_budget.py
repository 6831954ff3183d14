"""Does the budget hold files, functions and scenarios to their lengths?"""

import budget
import pytest


def function(lines: int, name: str = "f") -> str:
    return f"void {name}() {{\n" + "    g();\n" * (lines - 2) + "}\n"


def test_small_files_are_within_the_budget(tree):
    tree.write("harness/a/a.cpp", function(25))
    tree.write("scenarios/a/b.yaml", "# why\n" * 10)
    assert tree.findings(budget.check) == []


def test_a_source_over_600_lines_is_found_and_a_test_may_have_800(tree):
    for number in range(20):
        tree.write(f"harness/a/small{number}.cpp", "\n")
    tree.write("harness/a/a.cpp", "\n" * 601)
    tree.write("tests/unit/a/a_test.cpp", "\n" * 800)
    tree.write("tests/unit/a/b_test.cpp", "\n" * 801)
    assert tree.findings(budget.check) == [
        "harness/a/a.cpp:600: 601 lines; the limit is 600",
        "tests/unit/a/b_test.cpp:800: 801 lines; the limit is 800",
    ]


def test_the_median_and_the_p90_of_sources_are_limited(tree):
    tree.write("harness/a/a.cpp", "\n" * 121)
    assert "median of all source files is 121 lines; the limit is 120" in tree.findings(budget.check)[0]
    for number in range(8):
        tree.write(f"harness/a/small{number}.cpp", "\n")
    tree.write("harness/a/a.cpp", "\n" * 401)
    tree.write("harness/a/b.cpp", "\n" * 401)
    assert "p90 of all source files is 401 lines; the limit is 400" in tree.findings(budget.check)[0]


@pytest.mark.parametrize("lines, count", [(60, 0), (61, 1)])
def test_a_function_over_60_lines_is_found_where_it_starts(tree, lines, count):
    tree.write("harness/a/a.cpp", "\n" + function(lines, "long_one") + function(5) * 10)
    found = tree.findings(budget.check)
    assert found == [f"harness/a/a.cpp:2: long_one() has {lines} lines; the limit is 60"] * count


def test_the_p90_of_functions_is_limited(tree):
    tree.write("harness/a/a.cpp", function(26))
    assert tree.findings(budget.check) == ["harness/a/a.cpp:1: p90 of all functions is 26 lines; the limit is 25"]


def test_python_functions_are_measured_too(tree):
    tree.write("ci/a.py", "def f():\n" + "    g()\n" * 60 + "def h(): pass\n" * 10)
    assert tree.findings(budget.check) == ["ci/a.py:1: f() has 61 lines; the limit is 60"]


def test_python_that_does_not_parse_is_found(tree):
    tree.write("ci/a.py", "def f(:\n")
    assert tree.findings(budget.check)[0].startswith("ci/a.py:1: no Python")


@pytest.mark.parametrize("comment", ["// budget: table, one line a defect", "// budget: switch, one line an alert"])
def test_a_table_with_a_reason_may_be_long(tree, comment):
    tree.write("harness/a/above.cpp", f"// What it is.\n{comment}\n" + function(100))
    tree.write("harness/a/within.cpp", function(100).replace("g();", comment, 1))
    assert tree.findings(budget.check) == []


@pytest.mark.parametrize("comment", ["// budget: table", "// budget: long, it grew", "// a table"])
def test_an_exemption_without_kind_or_reason_does_not_count(tree, comment):
    tree.write("harness/a/a.cpp", f"{comment}\n" + function(61) + function(5) * 10)
    assert len(tree.findings(budget.check)) == 1


@pytest.mark.parametrize("lines, count", [(9, 1), (10, 0), (40, 0), (41, 1)])
def test_a_scenario_has_10_to_40_lines(tree, lines, count):
    tree.write("scenarios/a/b.yaml", "a: b\n" * lines)
    assert len(tree.findings(budget.check)) == count


def test_the_report_shows_medians_and_p90s(tree):
    tree.write("harness/a/a.cpp", function(5))
    assert "source files: 1, median 5, p90 5, longest 5" in budget.check(tree.root).notes
