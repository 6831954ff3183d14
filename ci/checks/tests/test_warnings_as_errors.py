"""Are warnings errors for developers alone?"""

import pytest
import warnings_as_errors

GUARDED = """\
option(GUISE_WERROR "Warnings are errors" OFF)
if(OTHER)
  if(GUISE_WERROR)
    target_compile_options(x INTERFACE -Werror)
  endif()
endif()
"""


def test_an_error_between_its_guards_is_in_order(tree):
    tree.write("cmake/Options.cmake", GUARDED)
    assert tree.findings(warnings_as_errors.check) == []


@pytest.mark.parametrize("line", ["target_compile_options(x PRIVATE -Wall -Werror)", "if(OTHER)\n  add(-Werror)\nendif()",
                                  "if(GUISE_WERROR)\nendif()\nadd(-Werror=shadow)"])
def test_an_error_for_everybody_is_found(tree, line):
    tree.write("sub/CMakeLists.txt", line + "\n")
    (found,) = tree.findings(warnings_as_errors.check)
    assert "-Werror outside of if(GUISE_WERROR)" in found


def test_a_default_of_on_is_found(tree):
    tree.write("CMakeLists.txt", 'option(GUISE_WERROR "Warnings are errors" ON)\n')
    assert "OFF by default" in tree.findings(warnings_as_errors.check)[0]


def test_a_preset_without_it_is_found_and_an_inherited_one_is_not(tree):
    tree.write("CMakePresets.json", """{"configurePresets": [
        {"name": "base", "hidden": true, "cacheVariables": {"GUISE_WERROR": "ON"}},
        {"name": "a", "inherits": "base"}, {"name": "b", "inherits": ["a"]},
        {"name": "c"}, {"name": "d", "inherits": "a", "cacheVariables": {"GUISE_WERROR": "OFF"}}]}""")
    found = tree.findings(warnings_as_errors.check)
    assert [each.split("'")[1] for each in found] == ["c", "d"]


def test_a_comment_is_no_flag(tree):
    tree.write("CMakeLists.txt", "# without -Werror\n")
    assert tree.findings(warnings_as_errors.check) == []
