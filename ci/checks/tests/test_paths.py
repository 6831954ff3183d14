"""Is a path found that a page names and that is not there?"""

import paths
import pytest


@pytest.fixture
def stages_and_file(tree):
    tree.write("harness/CMakeLists.txt", "guise_stage(run guise_base)\n")
    tree.write("harness/run/case.hpp", "")
    return tree


def found(tree, text, page="CONTRIBUTING.md"):
    tree.write(page, f"one line\n{text}\n")
    return tree.findings(paths.check)


@pytest.mark.parametrize("text", ["`harness/run/case.hpp`", "`harness/run/`", "`run/case` and `run/case.hpp`", "`run/case.hpp --all`",
                                  "`harness/STAGE/NAME.cpp`", "`harness/*.cpp`", "`out/report.html`", "harness/none.cpp"])
def test_what_is_there_and_what_stands_for_others_passes(stages_and_file, text):
    assert found(stages_and_file, text) == []


@pytest.mark.parametrize("named", ["harness/run/none.cpp", "ci/none", "run/none"])
def test_what_is_not_there_is_found(stages_and_file, named):
    assert found(stages_and_file, f"see `{named}`") == [f"CONTRIBUTING.md:2: names {named}, which is not there"]


def test_the_page_of_a_folder_names_from_the_root(stages_and_file):
    assert found(stages_and_file, "`run/none` and `tests/none --x`", "tests/README.md") == [
        "tests/README.md:2: names tests/none, which is not there"]
