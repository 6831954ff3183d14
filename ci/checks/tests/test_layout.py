"""Is a source without a test found, and a test without a source?"""

import layout
import pytest

STAGES = "# order of a run\nguise_stage(base fmt::fmt)\nguise_stage(tls guise_base)\n"


@pytest.fixture
def good(tree):
    tree.write("harness/CMakeLists.txt", STAGES)
    tree.write("harness/main.cpp", "int main() {}\n")
    tree.write("harness/base/words.hpp", "\n")
    tree.write("harness/tls/tap.cpp", '// What it is.\n#include "tls/tap.hpp"\n\n#include <map>\n')
    tree.write("harness/tls/tap.hpp", "\n")
    tree.write("tests/unit/main.cpp", "\n")
    tree.write("tests/unit/base/words_test.cpp", "\n")
    tree.write("tests/unit/base/helpers.hpp", "\n")
    tree.write("tests/unit/tls/tap_test.cpp", "\n")
    return tree


def test_sources_that_are_mirrored_pass(good):
    assert good.findings(layout.check) == []


def test_a_source_must_have_a_matching_test(good):
    good.write("harness/tls/engine.cpp", "\n")
    expected = "harness/tls/engine.cpp:1: MUST have a matching test: tests/unit/tls/engine_test.cpp"
    assert good.findings(layout.check) == [expected]


@pytest.mark.parametrize("text", ['#include <map>\n#include "tls/tap.hpp"\n', "int tap();\n"])
def test_a_source_must_include_its_own_header_first(good, text):
    good.write("harness/tls/tap.cpp", text)
    assert good.findings(layout.check) == [
        'harness/tls/tap.cpp:1: MUST include its own header first: #include "tls/tap.hpp"'
    ]


def test_a_test_in_another_stage_does_not_count(good):
    good.write("harness/base/tap.cpp", "\n")
    assert "tests/unit/base/tap_test.cpp" in good.findings(layout.check)[0]


def test_a_test_must_have_a_matching_source(good):
    good.write("tests/unit/tls/gone_test.cpp", "\n")
    assert "MUST have a matching source: harness/tls/gone.cpp or .hpp" in good.findings(layout.check)[0]


def test_a_stage_must_be_known(good):
    good.write("harness/misc/a.cpp", "\n")
    good.write("tests/unit/misc/a_test.cpp", "\n")
    found = good.findings(layout.check)
    assert found[0] == "harness/misc/a.cpp:1: no stage 'misc' in harness/CMakeLists.txt"
    assert found[1].startswith("tests/unit/misc/a_test.cpp:1: a unit test is in the folder of a stage, tests/unit/STAGE")


def test_a_source_that_no_stage_builds_is_found(good):
    good.write("harness/loose.cpp", "\n")
    expected = "harness/loose.cpp:1: a source is in a stage, harness/STAGE; nothing builds this one"
    assert good.findings(layout.check) == [expected]


def test_a_source_in_a_subfolder_has_its_test_in_the_same(good):
    good.write("harness/tls/deep/a.cpp", "\n")
    expected = "harness/tls/deep/a.cpp:1: MUST have a matching test: tests/unit/tls/deep/a_test.cpp"
    assert good.findings(layout.check) == [expected]
    good.write("tests/unit/tls/deep/a_test.cpp", "\n")
    assert good.findings(layout.check) == []


def test_test_cases_in_a_file_of_another_name_are_found(good):
    good.write("tests/unit/tls/helper.cpp", "int helper() { return 1; }\n")
    good.write("tests/unit/tls/tests.cpp", 'TEST_CASE("a") {}\n')
    expected = "tests/unit/tls/tests.cpp:1: has test cases, so its name must end in _test.cpp"
    assert good.findings(layout.check) == [expected]


def test_python_below_harness_is_no_stage(good):
    good.write("harness/python/native.cpp", "\n")
    assert good.findings(layout.check) == []
